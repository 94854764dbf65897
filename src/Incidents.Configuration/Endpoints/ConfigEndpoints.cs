using System.Text;
using Incidents.Configuration.Edits;
using Incidents.Configuration.Reach;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Incidents.Configuration.Endpoints;

/// <summary>What an apply did, or on a dry run would do.</summary>
/// <param name="Applied">The document is in force; false on a dry run.</param>
/// <param name="GeneratedKeys">Keys of new integrations that were given none: shown this once.</param>
/// <param name="Warnings">What is sound and should not stay so, in the organisation as it would be: who cannot be paged, who lacks what a pool needs.</param>
internal sealed record ConfigAnswer(bool Applied, IReadOnlyList<ConfigChange> Changes, IReadOnlyList<GeneratedKey>? GeneratedKeys, IReadOnlyList<Fault> Warnings);

/// <param name="Action">create, update or delete.</param>
/// <param name="Paths">What differs inside the thing; empty for create and delete.</param>
internal sealed record ConfigChange(string Kind, string Name, string Action, IReadOnlyList<string> Paths);

internal sealed record GeneratedKey(string Integration, string Key, string Url);

internal static class ConfigEndpoints
{
    private const string Yaml = "application/yaml";
    private const int LargestDocument = 8 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/config", Get).RequireRole(Role.Observer)
            .WithName("getConfig").WithTags("Configuration").WithSummary("The whole organisation as one document, secrets masked")
            .Produces<string>(StatusCodes.Status200OK, Yaml);
        endpoints.MapPut("/api/v1/config", Put).RequireRole(Role.Manager, everywhere: true)
            .WithName("putConfig").WithTags("Configuration").WithSummary("Puts the document in force; with dryRun only plans")
            .Accepts<string>(Yaml, "*/*").Produces<ConfigAnswer>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(412).ProducesProblem(413).ProducesProblem(422)
            .WithMetadata(new RequestSizeLimitAttribute(LargestDocument));
    }

    private static async Task<IResult> Get(HttpContext context, Exporting exporting)
    {
        var (yaml, version) = await exporting.Export(context.Actor().CanEverywhere(Role.Manager), context.RequestAborted);
        context.Response.Headers.ETag = Query.Tag(version);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(yaml, Yaml, Encoding.UTF8);
    }

    private static async Task<IResult> Put(HttpContext context, Applying applying, PublicAddress address, string? dryRun, string? effective, string? waiver)
    {
        var body = await ReadBody(context);
        if (body.Error is { } unreadable)
            return unreadable.ToProblem();
        var faults = new List<Fault>();
        var only = Query.Flag(dryRun, "dryRun", faults);
        var from = Query.Moment(effective, "effective", faults);
        var reason = Query.Waiver(waiver, faults);
        var expected = Query.Tag(context.Request.Headers.IfMatch, "GET /api/v1/config", faults);
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();

        var outcome = await applying.Apply(new ApplyRequest(body.Value, only, new ChangeTerms(context.Actor(), from, expected, reason)), context.RequestAborted);
        if (outcome.Error is { } error)
            return error.ToProblem();
        context.Response.Headers.ETag = Query.Tag(outcome.Value.Version);
        var plan = outcome.Value.Plan;
        return TypedResults.Ok(new ConfigAnswer(
            Applied: !only,
            EditAnswers.Changes(plan),
            only || plan.GeneratedKeys.Count == 0 ? null : [.. plan.GeneratedKeys.Select(k => new GeneratedKey(k.Key, k.Value, address.OfIntegration(EditAnswers.KindOf(plan, k.Key), k.Value)))],
            Reachability.Warnings(outcome.Value.After)));
    }

    private static async Task<Result<string>> ReadBody(HttpContext context)
    {
        using var buffer = new MemoryStream();
        var block = new byte[81920];
        int read;
        try
        {
            while ((read = await context.Request.Body.ReadAsync(block, context.RequestAborted)) > 0)
            {
                buffer.Write(block, 0, read);
                if (buffer.Length > LargestDocument)
                    return TooLarge;
            }
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge;
        }
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(buffer.GetBuffer(), 0, (int)buffer.Length).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException broken)
        {
            return Error.Malformed($"Not YAML: the text is not UTF-8 (byte {broken.Index}).");
        }
    }

    private static Error TooLarge => new(ErrorKind.TooLarge, "too-large", "The document is larger than 8 MiB.", []);
}
