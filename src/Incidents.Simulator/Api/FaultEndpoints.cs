using Incidents.Simulator.Faults;

namespace Incidents.Simulator.Api;

/// <summary>Faults of the vendor, and phones that react by themselves.</summary>
internal static class FaultEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/faults", (FaultInjector faults) => Json.Result(faults.Current));
        api.MapPost("/faults", SetFaultsAsync);
        api.MapDelete("/faults", (FaultInjector faults) =>
        {
            faults.Set(FaultSettings.None);
            return Results.NoContent();
        });
        api.MapGet("/auto", (AutomaticPhones phones) => Json.Result(new { items = phones.All }));
        api.MapPost("/auto", SetAutomaticAsync);
        api.MapDelete("/auto", (AutomaticPhones phones) =>
        {
            phones.Clear();
            return Results.NoContent();
        });
    }

    private static async Task<IResult> SetFaultsAsync(HttpContext http, FaultInjector faults)
    {
        var (settings, refusal) = await Json.ReadAsync<FaultSettings>(http);
        if (refusal is not null) return refusal;
        foreach (var (field, message) in settings!.Check()) return Json.Invalid(field, message);
        faults.Set(settings);
        return Json.Result(settings);
    }

    private static async Task<IResult> SetAutomaticAsync(HttpContext http, AutomaticPhones phones)
    {
        var (rule, refusal) = await Json.ReadAsync<AutomaticPhone>(http);
        if (refusal is not null) return refusal;
        foreach (var (field, message) in rule!.Check()) return Json.Invalid(field, message);
        if (rule.Number is { } number && !E164.IsValid(number)) return Json.Invalid("number", "must be E.164, such as +5511900000001");
        phones.Set(rule);
        return Json.Result(rule);
    }
}
