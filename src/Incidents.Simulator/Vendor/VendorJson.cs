using System.Text.Encodings.Web;
using System.Text.Json;

namespace Incidents.Simulator.Vendor;

/// <summary>JSON as the vendor writes it: numbers keep their plus sign.</summary>
internal static class VendorJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Result(object value, int status = StatusCodes.Status200OK) => Results.Json(value, Options, statusCode: status);
}
