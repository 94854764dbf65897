using System.Collections.Concurrent;
using System.Globalization;
using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels;
using Microsoft.AspNetCore.Http;

namespace Incidents.Paging.Tests.Conformance;

public sealed class Voice_channel(VoiceFixture fixture) : ChannelConformance<VoiceFixture>(fixture);

public sealed class Sms_channel(SmsFixture fixture) : ChannelConformance<SmsFixture>(fixture);

public sealed class Second_account_channel(BackupFixture fixture) : ChannelConformance<BackupFixture>(fixture);

public sealed class VoiceFixture : TwilioFixture
{
    internal override bool Is(ChannelDescriptor descriptor) => descriptor is { Kind: ContactKind.Voice, Vendor: "twilio" };
}

public sealed class SmsFixture : TwilioFixture
{
    internal override bool Is(ChannelDescriptor descriptor) => descriptor is { Kind: ContactKind.Sms, Vendor: "twilio" };
}

public sealed class BackupFixture : TwilioFixture
{
    internal override bool Is(ChannelDescriptor descriptor) => descriptor is { Kind: ContactKind.Sms, Vendor: "twilioBackup" };
}

/// <summary>Twilio's API, as far as the conversation of a channel goes.</summary>
public abstract class TwilioFixture : ChannelFixture
{
    private const string BackupToken = "second-secret-token";
    private readonly ConcurrentQueue<(string Sid, Dictionary<string, string> Form, DateTimeOffset At)> taken = new();
    private HttpVendor? vendor;

    internal override int Taken => taken.Count;
    internal override int Asked => vendor!.Asked;
    internal override IReadOnlyList<string> Secrets { get; } = [PagingApp.Token, BackupToken];

    internal override string Address(int number) => "+3725" + number.ToString("000000", CultureInfo.InvariantCulture);

    internal override void Does(VendorDoes what) => vendor!.Does = what;

    internal override async Task<Dictionary<string, string?>> Settings()
    {
        vendor = await HttpVendor.Start(Take, http =>
        {
            http.Response.StatusCode = 400;
            return http.Response.WriteAsJsonAsync(new { code = 21211, message = "Invalid 'To' Phone Number", status = 400 });
        });
        return new(StringComparer.Ordinal)
        {
            ["Paging:Twilio:ApiBaseUrl"] = vendor.Url,
            ["Paging:Twilio:Backup:ApiBaseUrl"] = vendor.Url,
            ["Paging:Twilio:Backup:AccountSid"] = "AC0002",
            ["Paging:Twilio:Backup:AuthToken"] = BackupToken,
            ["Paging:Twilio:Backup:From"] = "+15005550007",
        };
    }

    private async Task Take(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        if (HttpMethods.IsPost(http.Request.Method) && (path.EndsWith("/Calls.json", StringComparison.Ordinal) || path.EndsWith("/Messages.json", StringComparison.Ordinal)))
        {
            var form = (await http.Request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
            var sid = (path.EndsWith("/Calls.json", StringComparison.Ordinal) ? "CA" : "SM") + Guid.NewGuid().ToString("N");
            taken.Enqueue((sid, form, App.Time.GetUtcNow()));
            http.Response.StatusCode = 201;
            await http.Response.WriteAsJsonAsync(new { sid, status = "queued" });
        }
        else if (http.Request.Query.TryGetValue("To", out var to))
        {
            await http.Response.WriteAsJsonAsync(new { messages = taken.Where(t => t.Form["To"] == to.ToString()).Select(View) });
        }
        else if (taken.Any(t => path.Contains(t.Sid, StringComparison.Ordinal)))
        {
            await http.Response.WriteAsJsonAsync(View(taken.First(t => path.Contains(t.Sid, StringComparison.Ordinal))));
        }
        else
        {
            http.Response.StatusCode = 404;
        }
    }

    private static object View((string Sid, Dictionary<string, string> Form, DateTimeOffset At) t) => new
    {
        sid = t.Sid, to = t.Form["To"], from = t.Form["From"], body = t.Form.GetValueOrDefault("Body"), status = "queued", date_created = t.At.ToString("R", CultureInfo.InvariantCulture),
    };

    private protected override async ValueTask Stop() => await vendor!.DisposeAsync();
}
