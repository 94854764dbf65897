using Microsoft.AspNetCore.Http;

namespace Incidents.Kernel;

/// <summary>The one place where an <see cref="Error"/> becomes RFC 7807 (<c>application/problem+json</c>).</summary>
public static class Problems
{
    public static int Status(this Error error) => error.Kind switch
    {
        ErrorKind.Malformed => StatusCodes.Status400BadRequest,
        ErrorKind.Unauthorized => StatusCodes.Status401Unauthorized,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Stale => StatusCodes.Status412PreconditionFailed,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.LimitReached => StatusCodes.Status429TooManyRequests,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    public static IResult ToProblem(this Error error) => Results.Problem(
        title: error.Title,
        statusCode: error.Status(),
        type: "https://incidents.invalid/problems/" + error.Code,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["errors"] = error.Faults.Select(f => new { path = f.Path, message = f.Message }).ToArray(),
        });
}
