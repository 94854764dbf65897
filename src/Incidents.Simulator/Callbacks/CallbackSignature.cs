using System.Security.Cryptography;
using System.Text;

namespace Incidents.Simulator.Callbacks;

/// <summary>
/// X-Twilio-Signature: base64 of HMAC-SHA1, keyed with the auth token, over the URL as sent followed by every form
/// parameter as name and value, sorted by name (Twilio, "Webhooks security").
/// </summary>
internal static class CallbackSignature
{
    public const string Header = "X-Twilio-Signature";

    public static string Compute(string authToken, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var signed = new StringBuilder(url);
        foreach (var (name, value) in form.OrderBy(p => p.Key, StringComparer.Ordinal)) signed.Append(name).Append(value);
#pragma warning disable CA5350 // The vendor's protocol fixes SHA-1.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(signed.ToString())));
#pragma warning restore CA5350
    }
}
