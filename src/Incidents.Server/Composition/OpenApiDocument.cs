using Microsoft.AspNetCore.OpenApi;

namespace Incidents.Server.Composition;

/// <summary>The API document: title, the key as security scheme.</summary>
internal static class OpenApiDocument
{
    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "Incidents";
        document.Info.Version = "v1";
        document.Info.Description = "Incidents, who is on call, the configuration document. Instants are RFC 3339 UTC; errors are application/problem+json with errors: [{path, message}].";
        // The address depends on the installation and does not belong into a committed document.
        document.Servers = [];
        return Task.CompletedTask;
    });
}
