using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Incidents.Simulator.Api;

/// <summary>JSON of the simulator's own API: camelCase, instants in UTC with microseconds.</summary>
internal static class Json
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new InstantJson() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // never inside HTML; keeps the plus of a number readable
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static IResult Result(object value) => Results.Json(value, Options);

    public static IResult Conflict(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status409Conflict, title: "Not possible now", type: "urn:incidents:simulator:conflict");

    public static IResult Invalid(string field, string message) => Results.Json(
        new { type = "urn:incidents:simulator:invalid", title = "Invalid request", status = 400, detail = $"{field}: {message}", errors = new[] { new { path = field, message } } },
        Options,
        "application/problem+json",
        StatusCodes.Status400BadRequest);

    /// <summary>Reads a JSON body; the second is the answer to give when it is none.</summary>
    public static async Task<(T? Value, IResult? Refusal)> ReadAsync<T>(HttpContext http)
        where T : class
    {
        if (!http.Request.HasJsonContentType()) return (null, Invalid("Content-Type", "must be application/json"));
        try
        {
            var value = await http.Request.ReadFromJsonAsync<T>(Options, http.RequestAborted);
            return value is null ? (null, Invalid("", "a JSON object is needed")) : (value, null);
        }
        catch (JsonException e)
        {
            return (null, Invalid(e.Path ?? "", e.Message));
        }
    }

    private sealed class InstantJson : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
    }
}
