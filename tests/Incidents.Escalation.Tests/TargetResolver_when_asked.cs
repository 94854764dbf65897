using Incidents.Contracts.Seams;
using Incidents.Escalation.Policy;
using Incidents.Tests;

namespace Incidents.Escalation.Tests;

public sealed class TargetResolver_when_asked
{
    private static readonly TargetResolver Resolver = new(new Duty());

    [Theory]
    [InlineData("checkout", TargetKind.Schedule, null, Position.Primary, "ana")]
    [InlineData("checkout", TargetKind.Schedule, null, Position.Secondary, "bruno")]
    [InlineData("checkout", TargetKind.Schedule, null, null, "ana")]
    [InlineData("checkout", TargetKind.Schedule, "kitchen", Position.Primary, "juri,tiina")]
    [InlineData("checkout", TargetKind.Schedule, "nowhere", Position.Primary, "")]
    [InlineData("checkout", TargetKind.Dependencies, null, null, "juri,tiina")]
    [InlineData("ledger", TargetKind.Dependencies, null, null, "")]
    [InlineData("checkout", TargetKind.SamePool, null, null, "")]
    [InlineData("order-board", TargetKind.SamePool, null, null, "lena")]
    [InlineData("checkout", TargetKind.OtherAlwaysPools, null, null, "lena,juri,tiina")]
    [InlineData("reports", TargetKind.OtherAlwaysPools, null, null, "ana,lena")]
    [InlineData("checkout", TargetKind.Lead, null, null, "ana")]
    [InlineData("checkout", TargetKind.Lead, "kitchen", null, "juri")]
    [InlineData("checkout", TargetKind.Lead, "nobody", null, "")]
    [InlineData("checkout", TargetKind.Person, "lena", null, "lena")]
    [InlineData("checkout", TargetKind.Person, "gone", null, "")]
    [InlineData("checkout", TargetKind.Roster, null, null, "ana,bruno,maarja")]
    [InlineData("checkout", TargetKind.Roster, "kitchen", null, "juri,tiina")]
    [InlineData("checkout", TargetKind.Team, "payments", null, "ana,bruno,maarja")]
    [InlineData("unknown", TargetKind.Schedule, null, Position.Primary, "")]
    [InlineData("unknown", TargetKind.Roster, null, null, "")]
    [InlineData("unknown", TargetKind.Lead, null, null, "")]
    [InlineData("unknown", TargetKind.OtherAlwaysPools, null, null, "ana,lena,juri,tiina")]
    public void finds_whom_a_target_means(string service, TargetKind kind, string? name, Position? position, string expected)
        => Assert.Equal(expected, string.Join(',', Resolver.Resolve(Sample.Organisation, service, [new Target(kind, name, position)], Sample.Evening)));

    [Fact]
    public void names_each_person_once_in_the_order_of_the_targets()
        => Assert.Equal(["bruno", "ana", "maarja"], Resolver.Resolve(Sample.Organisation, "checkout", [Sample.Secondary, Sample.Lead, Sample.Primary, Sample.Roster], Sample.Evening));

    [Fact]
    public void leaves_out_people_who_are_gone()
        => Assert.Equal(["ana"], Resolver.Resolve(Sample.Organisation, "checkout", [new Target(TargetKind.Schedule, "with-leaver", Position.Primary)], Sample.Evening));

    [Fact]
    public void takes_managers_and_administrators_for_everybody()
        => Assert.Equal(["ana", "juri"], TargetResolver.Everybody(Sample.Organisation));

    [Fact]
    public void knows_every_kind_of_target()
    {
        foreach (var kind in Enum.GetValues<TargetKind>())
            _ = Resolver.Resolve(Sample.Organisation, "checkout", [new Target(kind, null, null)], Sample.Evening);
    }

    internal sealed class Duty : IOnCall
    {
        public IReadOnlyList<string> At(OrganisationSnapshot organisation, string schedule, Position position, Instant at) => (schedule, position) switch
        {
            ("payments", Position.Primary) => ["ana"],
            ("payments", Position.Secondary) => ["bruno"],
            ("kitchen", Position.Primary) => ["juri", "tiina"],
            ("first-line", Position.Primary) => ["lena"],
            ("with-leaver", Position.Primary) => ["leaver", "ana"],
            _ => [],
        };

        public IReadOnlyList<string> Roster(OrganisationSnapshot organisation, string schedule, Instant at) => schedule switch
        {
            "payments" => ["ana", "bruno", "maarja"],
            "kitchen" => ["juri", "tiina"],
            _ => [],
        };

        public Instant NextBusinessInstant(OrganisationSnapshot organisation, string? calendar, Instant at) => at;

        public Instant AddBusinessTime(OrganisationSnapshot organisation, string? calendar, Instant from, Duration businessTime) => from + businessTime;
    }
}
