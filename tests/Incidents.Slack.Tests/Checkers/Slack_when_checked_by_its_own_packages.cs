using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels.Slack.Commands;
using Incidents.Paging.Channels.Slack.Kit;
using Incidents.Paging.Channels.Slack.Wire;
using Incidents.Persistence.Incidents;
using Incidents.Simulator;
using Incidents.Simulator.Slack;
using Incidents.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Slack.Tests.Checkers;

public sealed class Slack_when_checked_by_its_own_packages
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Token = "xoxb-checked";
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);

    private static readonly OrganisationSnapshot Known = new()
    {
        Version = 1, Calendars = FrozenDictionary<string, Calendar>.Empty, Teams = FrozenDictionary<string, Team>.Empty, Pools = FrozenDictionary<string, Pool>.Empty,
        People = new[] { "ana", "bruno" }.ToFrozenDictionary(l => l, l => new Person(l, l.ToUpperInvariant(), null, null, null, null, "en", Role.Responder, [], new NotifyRules([], null), [], [])),
        Schedules = FrozenDictionary<string, Schedule>.Empty.ToDictionary().Append(new("payments", new Schedule("payments", null, "A", "Etc/UTC", []))).ToFrozenDictionary(),
        ScheduleHistory = FrozenDictionary<string, IReadOnlyList<ScheduleVersion>>.Empty, Overrides = FrozenDictionary<string, IReadOnlyList<Override>>.Empty,
        Policies = FrozenDictionary<string, Policy>.Empty,
        Services = Enumerable.Range(1, 120).ToFrozenDictionary(i => $"service-{i:000}", i => new Service($"service-{i:000}", "", "A", null, null, [], null)),
        FirstLineSchedule = null, TriageRules = [], Integrations = FrozenDictionary<string, Integration>.Empty, IntegrationsByKey = FrozenDictionary<string, Integration>.Empty,
        PeopleByPhone = FrozenDictionary<string, string>.Empty,
    };

    private static IncidentFacts Facts(IncidentStatus status, string title = "Checkout <is> & slow", int paged = 3) => new(
        Guid.NewGuid(), 42, title, "checkout", "A", Severity.Sev1, status, Now, status == IncidentStatus.Acknowledged ? "ana" : null, Now, status == IncidentStatus.Resolved ? "bruno" : null, Now, Now, 2, 2,
        [.. Enumerable.Range(1, paged).Select(i => $"person-{i}")], 1, null,
        [.. TimelineKinds.All.Take(20).Select(kind => new StoryLine(Now, kind, kind.Length % 2 == 0 ? "ana" : "system", "slack", "bruno", 1, new string('x', 400)))],
        new Dictionary<string, string> { ["ana"] = "Ana", ["bruno"] = "Bruno" });

    private static Dictionary<string, (string Kind, JsonNode Value)> Shapes()
    {
        var shapes = new Dictionary<string, (string, JsonNode)>(StringComparer.Ordinal);
        foreach (var status in Enum.GetValues<IncidentStatus>())
        {
            shapes[$"message {status}"] = ("message", IncidentMessage.Of(Facts(status), "https://incidents.example.com/incidents/42").Blocks);
            shapes[$"page {status}"] = ("message", IncidentMessage.Page(Facts(status), "https://incidents.example.com/incidents/42", "ana").Blocks);
        }
        shapes["long message"] = ("message", IncidentMessage.Of(Facts(IncidentStatus.Triggered, string.Concat(Enumerable.Repeat("🔥 words <&> ", 200)), paged: 200), "https://incidents.example.com/incidents/42").Blocks);
        shapes["many pages"] = ("message", IncidentMessage.Several([.. Enumerable.Range(1, IncidentMessage.MostListed).Select(i => Facts(IncidentStatus.Triggered, string.Concat(Enumerable.Repeat("🔥 words <&> ", 200)), paged: 200) with { Number = i })], 300, n => $"https://incidents.example.com/incidents/{n}").Blocks);
        shapes["declare"] = ("view", Views.DeclareForm(Known, new string('t', 900), "C1"));
        shapes["override"] = ("view", Views.OverrideForm(Known, "C1", Now, "ana"));
        shapes["swap"] = ("view", Views.SwapForm(Known, [new OnCallShift("payments", Position.Primary, ["ana"], Now, Now + Duration.FromDays(7), "layer")], "C1", "America/Sao_Paulo", "ana"));
        shapes["responder"] = ("view", Views.ResponderForm(42, "C1"));
        shapes["done"] = ("view", Submitted.Done("Incident declared", "It is open.").Wire()["view"]!);
        return shapes;
    }

    [Fact]
    public async Task our_messages_and_dialogs_are_of_its_types()
    {
        var shapes = Shapes();
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.PathTo("shapes.json"), new JsonObject([.. shapes.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)new JsonObject { ["kind"] = s.Value.Kind, ["value"] = s.Value.Value.DeepClone() }))]).ToJsonString());

        var answer = JsonNode.Parse(await Checker.RunAsync("types.mjs", folder.PathTo("shapes.json")))!;

        Assert.Equal(shapes.Count, (int)answer["checked"]!);
    }

    [Fact]
    public void our_messages_and_dialogs_keep_to_its_lengths()
    {
        foreach (var (name, (kind, value)) in Shapes())
        {
            var fault = kind == "view" ? BlockRules.View((JsonObject)value) : BlockRules.Message((JsonArray)value);
            Assert.True(fault is null, $"{name}: {fault}");
        }
    }

    [Fact]
    public void a_signature_of_its_documentation_is_accepted_and_no_other()
    {
        // The example of docs.slack.dev/authentication/verifying-requests-from-slack.
        var body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"u8;
        const string Signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

        Assert.True(SlackSignature.Matches(Signature, Secret, "1531420618", body));
        Assert.False(SlackSignature.Matches(Signature, Secret, "1531420619", body));
        Assert.False(SlackSignature.Matches(Signature, Secret + "x", "1531420618", body));
        Assert.False(SlackSignature.Matches(Signature, "", "1531420618", body));
        Assert.False(SlackSignature.Matches("v0=", Secret, "1531420618", body));
        Assert.True(SlackSignature.IsFresh("1531420618", Instant.FromUnixTimeSeconds(1531420618 + 300)));
        Assert.False(SlackSignature.IsFresh("1531420618", Instant.FromUnixTimeSeconds(1531420618 + 301)));
        Assert.False(SlackSignature.IsFresh("1531420618", Instant.FromUnixTimeSeconds(1531420618 - 301)));
        Assert.False(SlackSignature.IsFresh("-1", Now));
        Assert.False(SlackSignature.IsFresh("now", Now));
    }

    [Fact]
    public async Task the_simulated_workspace_is_understood_by_its_framework_and_client()
    {
        var port = FreePort.Take();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddScoped<ISimulatedMembers, Members>();
        builder.Services.AddSimulator(o =>
        {
            o.SlackPatience = TimeSpan.FromSeconds(20);
            o.SlackBotToken = Token;
            o.SlackSigningSecret = Secret;
            o.SlackCallbacks = $"http://127.0.0.1:{port}/slack";
        });
        await using var app = builder.Build();
        app.MapSimulator();
        await app.StartAsync();

        Assert.Contains("\"ok\":true", await Checker.RunAsync("bolt.mjs", app.Urls.First(), $"{port}", Secret, Token), StringComparison.Ordinal);
    }

    private sealed class Members : ISimulatedMembers
    {
        public Task<IReadOnlyList<SimulatedMember>> GetMembersAsync(CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<SimulatedMember>>([new("U00000ANA", "ana", "Ana Souza", "ana@example.com", "America/Sao_Paulo")]);
    }
}
