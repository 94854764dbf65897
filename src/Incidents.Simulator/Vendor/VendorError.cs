namespace Incidents.Simulator.Vendor;

/// <summary>The vendor's error body.</summary>
internal sealed record VendorError(int Status, int Code, string Message)
{
    public static readonly VendorError Authenticate = new(401, 20003, "Authenticate");
    public static readonly VendorError TooMany = new(429, 20429, "Too Many Requests");

    public static VendorError NotFound(string path) => new(404, 20404, $"The requested resource {path} was not found");

    public static VendorError Invalid(int code, string message) => new(400, code, message);

    public IResult Result() => VendorJson.Result(
        new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["code"] = Code,
            ["message"] = Message,
            ["more_info"] = $"https://www.twilio.com/docs/errors/{Code}",
            ["status"] = Status,
        },
        Status);
}
