using System.Text;
using System.Text.Json;
using Incidents.Contracts.Messages;
using Incidents.Kernel;
using Incidents.TestKit;

namespace Incidents.Persistence.Tests;

/// <summary>The JSON of every message is approved: rows written by this release are read by the next, and the other way round during an upgrade.</summary>
public sealed class Messages_on_the_wire
{
    private static readonly Guid Id = Guid.Parse("018f3f2e-7b6a-7000-8000-0123456789ab");
    private static readonly Instant At = Instant.FromUtc(2026, 3, 10, 20, 0, 1) + Duration.FromMilliseconds(250);

    private static readonly object[] Examples =
    [
        new AlertAccepted("prometheus", "fp-1", true, "Disk \"full\" on <db-1>: 95 % – café", Labels(("alertname", "DiskFull"), ("severity", "critical")), Labels(("summary", "Disk full")), At, null, At,
            "group:db", "checkout", Severity.Sev1, [new AlertLink("https://example.com/run", "Runbook"), new AlertLink("https://example.com", null)], "Details.", false, "A note."),
        new AlertAccepted("scripts", "k", false, "Over", Labels(), Labels(), At, At + Duration.FromSeconds(5), At),
        new StepDue(Id, 3),
        new PersonUnreachable(Id, 3, "ana", "no usable contact"),
        new PageRequested(Id, 42, "Disk full", "checkout", "SEV1", true, 1, 3, 1, 2, 0, ["ana", "bruno"]),
        new PagingStopped(Id, 1, "acknowledged", "ana"),
        new AttemptDue(Id, 2),
        new NoticeRequested("ana", "handoff", "payments primary 2026-03-10T20:00:00Z", "You are on call", "Nothing is open.", null),
        new SwapDue(Id, "12h"),
    ];

    [Fact]
    public void is_as_approved()
    {
        var text = new StringBuilder();
        foreach (var example in Examples)
            text.Append(EndpointCatalogue.Of(example.GetType()).Name).Append(' ').Append(JsonSerializer.Serialize(example, example.GetType(), Json.Options)).Append('\n');

        Approval.Holds(text.ToString(), "tests", "Incidents.Persistence.Tests", "Messages.approved.txt");
    }

    [Fact]
    public void shows_every_message_of_the_catalogue()
        => Assert.Equal(EndpointCatalogue.Types.Values.OrderBy(t => t.Name, StringComparer.Ordinal), Examples.Select(e => e.GetType()).Distinct().OrderBy(t => t.Name, StringComparer.Ordinal));

    /// <summary>The approved file is the previous release's word: it must still be understood.</summary>
    [Fact]
    public void can_be_read_from_what_was_approved()
    {
        var lines = File.ReadAllLines(RepositoryFolder.PathTo("tests", "Incidents.Persistence.Tests", "Messages.approved.txt"));

        Assert.Equal(Examples.Length, lines.Length);
        foreach (var line in lines)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var type = EndpointCatalogue.Types[line[..space]];
            var message = JsonSerializer.Deserialize(line[(space + 1)..], type, Json.Options);
            Assert.Equal(line[(space + 1)..], JsonSerializer.Serialize(message, type, Json.Options));
        }
    }

    [Fact]
    public void ignores_fields_of_a_newer_release()
        => Assert.Equal(new StepDue(Id, 3), JsonSerializer.Deserialize<StepDue>($"{{\"incident\":\"{Id}\",\"step\":3,\"added\":{{\"later\":true}}}}", Json.Options));

    private static Dictionary<string, string> Labels(params (string Name, string Value)[] labels) => labels.ToDictionary(l => l.Name, l => l.Value);
}

public sealed class EndpointCatalogue_as_a_table
{
    [Fact]
    public void gives_every_message_an_endpoint_that_exists()
    {
        foreach (var (name, type) in EndpointCatalogue.Types)
        {
            var (wire, endpoints) = EndpointCatalogue.Of(type);
            Assert.Equal(name, wire);
            Assert.NotEmpty(endpoints);
            Assert.All(endpoints, e => Assert.Contains(e, EndpointCatalogue.Endpoints));
        }
    }

    [Fact]
    public void refuses_a_type_that_it_does_not_have() => Assert.Throws<InvalidOperationException>(() => EndpointCatalogue.Of(typeof(string)));
}
