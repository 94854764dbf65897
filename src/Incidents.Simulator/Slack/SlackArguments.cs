using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Incidents.Simulator.Slack;

/// <summary>Arguments of one API call: query and form fields, or a JSON body; a structured field of a form is itself JSON text.</summary>
internal sealed class SlackArguments(JsonObject values)
{
    public static async Task<SlackArguments?> ReadAsync(HttpContext http)
    {
        var values = new JsonObject();
        foreach (var (name, value) in http.Request.Query) values[name] = value.ToString();
        if (http.Request.HasJsonContentType())
        {
            try
            {
                if (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) is not JsonObject body) return null;
                foreach (var (name, value) in body) values[name] = value?.DeepClone();
            }
            catch (JsonException)
            {
                return null;
            }
        }
        else if (http.Request.HasFormContentType)
        {
            foreach (var (name, value) in await http.Request.ReadFormAsync(http.RequestAborted)) values[name] = value.ToString();
        }
        return new SlackArguments(values);
    }

    public string? Text(string name) => values[name] switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonValue value => value.ToJsonString(),
        _ => null,
    };

    public bool Flag(string name) => Text(name) is "true" or "1";

    public int Number(string name, int otherwise) => int.TryParse(Text(name), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>A structured argument; null when absent. The flag is false when it is text that is no JSON.</summary>
    public bool TryJson<T>(string name, out T? node)
        where T : JsonNode
    {
        node = null;
        var value = values[name];
        try
        {
            if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String) value = JsonNode.Parse(text.GetValue<string>());
        }
        catch (JsonException)
        {
            return false;
        }
        if (value is null) return true;
        node = value.DeepClone() as T;
        return node is not null;
    }
}

/// <summary>Maps API methods.</summary>
internal static class SlackMethods
{
    /// <summary>The vendor takes every method by GET and by POST.</summary>
    public static void Method(this IEndpointRouteBuilder api, string name, Func<HttpContext, Task<IResult>> handle) => api.MapMethods("/" + name, ["GET", "POST"], (Delegate)handle);
}
