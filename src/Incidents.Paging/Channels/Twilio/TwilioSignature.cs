using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Channels.Twilio;

/// <summary>
/// <c>X-Twilio-Signature</c>: base64 of HMAC-SHA1(AuthToken, PublicUrl + path + query as sent, then each form field, sorted by name, as name + value)
/// (twilio.com/docs/usage/security).
/// </summary>
internal static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    public static string Of(string token, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder(url);
        foreach (var (name, value) in form.OrderBy(f => f.Key, StringComparer.Ordinal))
            text.Append(name).Append(value);
#pragma warning disable CA5350 // The vendor's scheme; not ours to choose.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text.ToString())));
#pragma warning restore CA5350
    }

    public static bool Matches(string given, string token, string url, IEnumerable<KeyValuePair<string, string>> form)
        => token.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(Of(token, url, form)));
}

/// <summary>Lets only signed callbacks through; any failure behind it is 503, so that the vendor tries again.</summary>
internal sealed class SignedCallback(TwilioAccounts accounts, IOptions<PagingAddresses> addresses, PagingMetrics metrics, ILogger<SignedCallback> logger) : IEndpointFilter
{
    private const int LargestForm = 64 * 1024;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!await IsSigned(http))
        {
            metrics.BadSignatures.Add(1);
            Log.BadSignature(logger, http.Request.Path);
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }
        try
        {
            return await next(context);
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            Log.CallbackFailed(logger, http.Request.Path, e);
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private async Task<bool> IsSigned(HttpContext http)
    {
        var given = http.Request.Headers[TwilioSignature.Header].ToString();
        if (given.Length == 0)
            return false;
        var fields = new List<KeyValuePair<string, string>>();
        if (http.Request.HasFormContentType)
        {
            if (http.Request.ContentLength > LargestForm)
                return false;
            try
            {
                var form = await http.Request.ReadFormAsync(http.RequestAborted);
                fields.AddRange(form.SelectMany(f => f.Value.Select(v => new KeyValuePair<string, string>(f.Key, v ?? ""))));
            }
            catch (InvalidDataException)
            {
                return false;
            }
        }
        // As sent: decoding and encoding again could change the bytes that were signed.
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(target))
            target = http.Request.Path + http.Request.QueryString;
        var url = addresses.Value.PublicUrl + target;
        return accounts.Of(fields.Find(f => string.Equals(f.Key, "AccountSid", StringComparison.Ordinal)).Value ?? "") is { } account
            && (TwilioSignature.Matches(given, account.AuthToken, url, fields) || TwilioSignature.Matches(given, account.PreviousAuthToken, url, fields));
    }
}
