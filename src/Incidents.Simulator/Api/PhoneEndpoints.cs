using Incidents.Simulator.Calls;
using Incidents.Simulator.Faults;
using Incidents.Simulator.Messages;
using Incidents.Simulator.Phones;

namespace Incidents.Simulator.Api;

/// <summary>What a person does with a phone. The phone is named by number or login.</summary>
internal static class PhoneEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/phones", async (PhoneView view, CancellationToken cancellationToken) => Json.Result((await view.AllAsync(cancellationToken)).View));
        api.MapGet("/phones/{phone}", (string phone, HttpContext http) => At(phone, http, _ => null));
        api.MapPost("/phones/{phone}/answer", (string phone, HttpContext http, CallEngine engine) =>
            At(phone, http, p => p.Ringing is { } call && engine.Answer(call) ? null : Json.Conflict("The phone does not ring.")));
        api.MapPost("/phones/{phone}/decline", (string phone, HttpContext http, CallEngine engine) =>
            At(phone, http, p => p.Ringing is { } call && engine.Decline(call) ? null : Json.Conflict("The phone does not ring.")));
        api.MapPost("/phones/{phone}/call", (string phone, HttpContext http, CallEngine engine) => At(phone, http, p =>
        {
            if (p.Current is not null) return Json.Conflict("The phone is in use.");
            engine.Dial(p.Number);
            return null;
        }));
        api.MapPost("/phones/{phone}/hangup", (string phone, HttpContext http, CallEngine engine) =>
            At(phone, http, p => p.InCall is { } call && engine.HangUp(call) ? null : Json.Conflict("The phone is not in a call.")));
        api.MapPost("/phones/{phone}/seen", (string phone, HttpContext http, PhoneEvents events) => At(phone, http, p =>
        {
            p.Seen();
            events.Changed(p.Number);
            return null;
        }));
        api.MapPost("/phones/{phone}/press", PressAsync);
        api.MapPost("/phones/{phone}/sms", TextAsync);
    }

    /// <summary>Does something with a phone and answers with its state, or with the refusal.</summary>
    private static async Task<IResult> At(string numberOrLogin, HttpContext http, Func<Phone, IResult?> act)
    {
        var services = http.RequestServices;
        var handsets = services.GetRequiredService<Handsets>();
        if (await handsets.ResolveAsync(numberOrLogin, http.RequestAborted) is not { } number)
            return Results.Problem($"'{numberOrLogin}' is neither a phone number nor the login of a person with a phone.", statusCode: StatusCodes.Status404NotFound, title: "No such phone", type: "urn:incidents:simulator:not-found");
        return act(handsets[number]) ?? Json.Result(await services.GetRequiredService<PhoneView>().OneAsync(number, http.RequestAborted));
    }

    private static async Task<IResult> PressAsync(string phone, HttpContext http, CallEngine engine)
    {
        var (body, refusal) = await Json.ReadAsync<Pressed>(http);
        if (refusal is not null) return refusal;
        var keys = body!.Digit ?? body.Digits ?? "";
        if (keys.Length is 0 or > 32 || !keys.All(Keypad.IsKey)) return Json.Invalid("digit", "one or more of 0-9, * and #");
        return await At(phone, http, p =>
        {
            if (p.InCall is not { } call) return Json.Conflict("The phone is not in a call.");
            foreach (var key in keys) engine.Press(call, key);
            return null;
        });
    }

    private static async Task<IResult> TextAsync(string phone, HttpContext http, Handsets handsets, MessageEngine engine)
    {
        var (body, refusal) = await Json.ReadAsync<Texted>(http);
        if (refusal is not null) return refusal;
        if (string.IsNullOrWhiteSpace(body!.Body) || body.Body.Length > 1600) return Json.Invalid("body", "1 to 1600 characters");
        if (await handsets.ResolveAsync(phone, http.RequestAborted) is { } number) await engine.ReceiveAsync(number, body.Body, http.RequestAborted);
        return await At(phone, http, _ => null);
    }

    private sealed record Pressed(string? Digit, string? Digits);

    private sealed record Texted(string? Body);
}
