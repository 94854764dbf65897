using Incidents.Kernel;
using Incidents.Persistence.Storage;

namespace Incidents.Server.Composition;

/// <summary>What no endpoint expected: the database away is 503 with Retry-After, anything else 500; both as problem+json, without inner details.</summary>
internal sealed class Failures(RequestDelegate next, ILogger<Failures> logger)
{
    public async Task Invoke(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            await new Error(e.StatusCode == StatusCodes.Status413PayloadTooLarge ? ErrorKind.TooLarge : ErrorKind.Malformed, "malformed", e.Message, []).ToProblem().ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            Log.RequestFailed(logger, http.Request.Method, http.Request.Path, e);
            var away = Transience.IsUnavailable(e) || Transience.IsContention(e);
            if (away)
                http.Response.Headers.RetryAfter = "2";
            await (away
                ? new Error(ErrorKind.Unavailable, "database-away", "The database is away: try again.", []).ToProblem()
                : Results.Problem(title: "Something went wrong here; it is in the log.", statusCode: StatusCodes.Status500InternalServerError, type: "https://incidents.invalid/problems/internal")).ExecuteAsync(http);
        }
    }
}
