using System.Text.Json.Nodes;
using Incidents.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NodaTime;

namespace Incidents.Server.Description;

/// <summary>Types as they are on the wire: instants, severities, closed lists of words, numbers that are numbers, errors of a problem.</summary>
internal static class ApiSchemas
{
    public static Task Transform(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(Instant))
            (schema.Type, schema.Format) = (JsonSchemaType.String | ((schema.Type ?? default) & JsonSchemaType.Null), "date-time");
        else if (type == typeof(LocalDate))
            (schema.Type, schema.Format) = (JsonSchemaType.String | ((schema.Type ?? default) & JsonSchemaType.Null), "date");
        else if (type == typeof(Severity))
            (schema.Type, schema.Enum) = (JsonSchemaType.String, Words(["SEV1", "SEV2", "SEV3", "SEV4"]));
        else if (type == typeof(ProblemDetails))
            Errors(schema);

        // The serializer would read numbers from texts too; it never writes them so.
        if (schema.Type is { } kind && kind.HasFlag(JsonSchemaType.String) && (kind.HasFlag(JsonSchemaType.Integer) || kind.HasFlag(JsonSchemaType.Number)))
            (schema.Type, schema.Pattern) = (kind & ~JsonSchemaType.String, null);

        if (context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(WordsAttribute), inherit: false) is [WordsAttribute closed])
        {
            schema.Enum = Words(closed.Words);
            if (schema.Type is { } may && may.HasFlag(JsonSchemaType.Null))
                schema.Enum.Add(JsonNullSentinel.JsonNull);
        }
        return Task.CompletedTask;
    }

    private static void Errors(OpenApiSchema schema)
    {
        schema.Description = "RFC 7807; type is stable, errors says what to mend.";
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        schema.Properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string>(StringComparer.Ordinal) { "path", "message" },
                Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                {
                    ["path"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Where, such as levels[0].timeout; a query parameter or header by its name." },
                    ["message"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What would mend it." },
                },
            },
        };
    }

    private static List<JsonNode> Words(IEnumerable<string> words) => [.. words.Select(w => (JsonNode)JsonValue.Create(w))];
}
