using Incidents.Paging.Channels;
using Incidents.Paging.Model;
using NodaTime;

namespace Incidents.Paging.Vendors;

/// <summary>What HTTP itself says of a refusal, the same at every vendor.</summary>
internal static class VendorAnswers
{
    /// <summary>Null: the vendor refused this one request for good, and its own words say why.</summary>
    public static Answer? Refused(int status, Duration? retryAfter) => status switch
    {
        429 => new Answer.Deferred(Reason.RateLimited, retryAfter),
        408 => new Answer.Deferred(Reason.VendorTimeout, retryAfter),
        // Credentials, accounts and addresses are mended by people while pages wait; failing everybody's page for good would only burn through the levels.
        401 or 403 or 404 => new Answer.Deferred(Reason.Unauthorized, null),
        // A redirect, or a success that is none by the settings: the vendor is not what was described.
        < 400 or >= 500 => new Answer.Deferred(Reason.VendorError, retryAfter),
        _ => null,
    };

    /// <summary><c>Retry-After</c>, as seconds or as a date; null: not given.</summary>
    public static Duration? RetryAfter(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => Duration.FromTimeSpan(delta),
        { Date: { } date } => Duration.Max(Duration.Zero, Instant.FromDateTimeOffset(date) - Instant.FromDateTimeOffset(time.GetUtcNow())),
        _ => null,
    };
}
