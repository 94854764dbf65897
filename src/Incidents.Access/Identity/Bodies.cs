using System.Text.Json;
using Incidents.Kernel;
using Microsoft.AspNetCore.Http;

namespace Incidents.Access.Identity;

internal static class Bodies
{
    /// <summary>The JSON object of the request, read after the caller is known; <paramref name="otherwise"/> for <c>null</c> and for no body.</summary>
    public static async Task<Result<T>> Read<T>(HttpContext context, T otherwise) where T : class
    {
        if (context.Request.ContentLength == 0)
            return otherwise;
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Json.Options, context.RequestAborted) ?? otherwise;
        }
        catch (JsonException e)
        {
            return Error.Malformed("The body is not the JSON object that was expected: " + e.Message);
        }
    }
}
