using System.Text.Json;
using Incidents.Paging.Channels.Twilio;
using Incidents.Paging.Model;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Paging.Tests;

/// <summary>What we send, answer and sign, looked at by Twilio's own package for Node.</summary>
public sealed class Twilio_when_its_package_checks
{
    private static readonly string Checker = RepositoryFolder.PathTo("tests", "Incidents.Simulator.Tests", "Twilio");

    [Fact]
    public async Task finds_every_document_and_form_as_its_own()
    {
        await using var app = await PagingApp.Start(Database.Sqlite);
        var documents = new List<string>();
        async Task<System.Xml.Linq.XElement> Keep(Task<HttpResponseMessage> answer)
        {
            var text = await Callbacks_when_posted.Text(answer);
            documents.Add(text);
            return System.Xml.Linq.XDocument.Parse(text).Root!;
        }
        Task<HttpResponseMessage> Post(string path, params (string, string)[] form) => app.Callback(path, Callbacks_when_posted.Form(form));
        string Next(System.Xml.Linq.XElement heard) => new Uri((string)heard.Element("Gather")!.Attribute("action")!).PathAndQuery;
        var first = await app.Open("Disk <full> & \"hot\"");
        await app.Page(first, "ana", "joao", "olja", "kadri");
        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a.State == AttemptState.Sent) == 5, "sent");
        await app.Page(await app.Open("Second"), "kadri");
        foreach (var call in app.Vendor.Calls.ToList())
        {
            var heard = await Keep(Post(call.Url!.PathAndQuery, ("CallSid", call.Sid), ("AnsweredBy", "human")));
            heard = await Keep(Post(Next(heard), ("Digits", "5")));
            await Keep(Post(Next(heard), ("Digits", "7")));
            await Keep(Post(call.Url!.PathAndQuery + "&round=2", ("CallSid", call.Sid)));
        }
        var last = app.Vendor.Calls.Last(c => c.To == FakeOrganisation.Kadri);
        await Keep(Post(last.Url!.PathAndQuery, ("CallSid", last.Sid), ("AnsweredBy", "machine_start")));
        await Keep(Post($"/callbacks/twilio/digits?attempt={last.Attempt}", ("Digits", "4")));
        await Keep(Post("/callbacks/twilio/digits?attempt=x", ("Digits", "4")));
        await Keep(Post("/callbacks/twilio/incoming", ("From", "+1999")));
        await Keep(Post("/callbacks/twilio/sms", ("From", FakeOrganisation.Ana), ("Body", "wha<t")));
        await Keep(Post("/callbacks/twilio/sms", ("From", FakeOrganisation.Ana), ("Body", "STOP"), ("OptOutType", "STOP")));
        static IEnumerable<string[]> Fields(VendorCall c) => c.Raw.Select(f => new[] { f.Key, f.Value });
        var url = "https://incidents.example.com/callbacks/twilio/digits?attempt=7&x=a%20b";
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["To"] = "+15005550006", ["Digits"] = "4", ["Body"] = "õ & +", ["AccountSid"] = "AC1" };

        var faults = await NpmScript.RunAsync(Checker, "check.mjs", JsonSerializer.Serialize(new
        {
            token = PagingApp.Token,
            documents,
            calls = app.Vendor.Calls.Select(Fields),
            messages = app.Vendor.Messages.Select(Fields),
            signed = new[] { new { url, signature = TwilioSignature.Of(PagingApp.Token, url, form), form = form.Select(f => new[] { f.Key, f.Value }) } },
        }), TestContext.Current.CancellationToken);

        Assert.Equal("[]", faults.Trim());
        Assert.True(documents.Count > 15 && app.Vendor.Calls.Any() && app.Vendor.Messages.Any());
    }
}
