using System.Text.Json.Nodes;
using Incidents.Contracts.Seams;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Incidents.Server.Description;

/// <summary>The API's description (<c>/openapi/v1.json</c>, docs/openapi.json): title, ways to sign in, and what holds for every endpoint alike.</summary>
internal static class ApiDocument
{
    private const string ByKey = "key";
    private const string ByCookie = "session";

    /// <summary>Query parameters mean the same wherever they occur.</summary>
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["limit"] = "How many items at most.",
        ["cursor"] = "The nextCursor of the page before.",
        ["status"] = "triage, triggered, acknowledged, snoozed, resolved, several by comma, or open; default all.",
        ["service"] = "Only of this service.",
        ["pool"] = "Only of this pool.",
        ["schedule"] = "Only of this schedule.",
        ["q"] = "Only with this text in the title.",
        ["at"] = "An RFC 3339 instant; default now.",
        ["from"] = "Beginning, inclusive; default now.",
        ["to"] = "End, exclusive; default two weeks after from.",
        ["dryRun"] = "Only plan: nothing is changed.",
        ["effective"] = "When changed schedules take effect; default now.",
        ["id"] = "UUID; of an incident also its number.",
        ["name"] = "Name; of a person the login.",
        ["key"] = "The integration's key: it is the secret of this address.",
    };

    public static void Configure(OpenApiOptions options)
    {
        options.AddSchemaTransformer(ApiSchemas.Transform);
        options.AddOperationTransformer((operation, context, _) =>
        {
            Rights(operation, context);
            Describe(operation, context);
            Problems(operation, context);
            operation.Responses = Sorted(operation.Responses);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Incidents";
            document.Info.Version = "v1";
            document.Info.Description = "Alerts in, incidents and who is on call out. Instants are RFC 3339 UTC; named things are addressed by name or login, incidents by UUID or number. "
                + "A refusal is application/problem+json with a stable type and errors: [{path, message}]. With an Idempotency-Key, kept for 24 hours per key and path, a repeated POST has one effect.";
            // The address depends on the installation and does not belong into a committed document.
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                [ByKey] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key: Authorization: Bearer <key>." },
                [ByCookie] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "incidents_session", Description = "The session of a browser that has signed in at /signin." },
            };
            ApiExamples.Add(document);
            return Task.CompletedTask;
        });
    }

    private static void Rights(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredRole>().LastOrDefault() is not { } required)
            return;
        operation.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ByKey, context.Document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ByCookie, context.Document)] = [] },
        ];
        var needs = $"Needs the role {required.AtLeast.ToString().ToLowerInvariant()}.";
        operation.Description = string.IsNullOrEmpty(operation.Description) ? needs : $"{operation.Description} {needs}";
    }

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        operation.Parameters ??= [];
        if (operation.OperationId is "ingestGrafana" && context.Description.HttpMethod is "PUT")
            operation.OperationId = "ingestGrafanaByPut";
        if (operation.RequestBody is OpenApiRequestBody body && (operation.OperationId is "sendTestAlert" || (operation.OperationId ?? "").EndsWith("Incident", StringComparison.Ordinal) && operation.OperationId is not "declareIncident"))
            body.Required = false;
        foreach (var name in Placeholders(context.Description.RelativePath ?? "").Where(n => operation.Parameters.All(p => p.Name != n)))
            operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        if (operation.OperationId is "declareIncident" or "addNote" or "ingestGeneric")
            operation.Parameters.Add(new OpenApiParameter { Name = "Idempotency-Key", In = ParameterLocation.Header, Description = "Kept for 24 hours: a repeat has no second effect.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        if (operation.OperationId is "putConfig")
            operation.Parameters.Add(new OpenApiParameter { Name = "If-Match", In = ParameterLocation.Header, Description = "The ETag of the document that was changed: a newer one is not overwritten.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        if (operation.OperationId is "events")
            operation.Parameters.Add(new OpenApiParameter { Name = "Last-Event-ID", In = ParameterLocation.Header, Description = "Goes on behind this event.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
        {
            parameter.Description ??= Parameters.GetValueOrDefault(parameter.Name ?? "");
            parameter.Schema = parameter.Name switch
            {
                "limit" => new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = operation.OperationId == "listKeys" ? "200" : "1000" },
                "at" or "from" or "to" or "effective" => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
                "dryRun" => new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = JsonValue.Create(false) },
                _ => parameter.Schema,
            };
        }
    }

    /// <summary>Refusals that every endpoint of a kind can answer with, beside those that it declares itself.</summary>
    private static void Problems(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var required = context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredRole>().LastOrDefault();
        if (required is null)
            return;
        Problem("401", "No API key or session, or one that is not valid.");
        if (required.AtLeast > Contracts.Organisation.Role.Observer)
            Problem("403", "The role does not suffice.");
        if (operation.Parameters?.Any(p => p.In == ParameterLocation.Path) == true)
            Problem("404", "There is no such thing.");
        if (operation.RequestBody is not null || operation.Parameters?.Any(p => p.In == ParameterLocation.Query) == true)
            Problem("422", "Every fault by its path.");
        Problem("503", "The database is away: try again after Retry-After.");

        void Problem(string status, string description)
        {
            operation.Responses ??= [];
            if (operation.Responses.TryGetValue(status, out var declared))
            {
                declared.Description = description;
                return;
            }
            operation.Responses[status] = new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference("ProblemDetails", context.Document) },
                },
            };
        }
    }

    private static OpenApiResponses Sorted(OpenApiResponses? responses)
    {
        var sorted = new OpenApiResponses();
        foreach (var (status, response) in (responses ?? []).OrderBy(r => r.Key, StringComparer.Ordinal))
            sorted[status] = response;
        return sorted;
    }

    private static IEnumerable<string> Placeholders(string path)
        => path.Split('/').Where(s => s.StartsWith('{')).Select(s => s.Trim('{', '}').Split(':')[0]);
}
