using Incidents.Contracts.Seams;
using Incidents.Escalation.Policy;
using Incidents.Tests;

namespace Incidents.Escalation.Tests;

public sealed class OverloadRouting_when_the_primary_is_overloaded
{
    private static readonly Guid Incident = new("11111111-1111-1111-1111-111111111111");

    [Fact]
    public void pages_as_the_policy_says_while_nobody_is()
        => Assert.Equal("ana | bruno", Paged("", ["bruno"]));

    [Fact]
    public void pages_the_secondary_first_and_the_primary_after_it()
    {
        Assert.Equal("bruno | ana", Paged("ana", ["bruno"]));
        Assert.Equal(("ana", "bruno"), Assert.Single(Spared));
    }

    [Theory]
    [InlineData("ana,bruno", "bruno")]     // both have had enough
    [InlineData("ana", "")]                // there is no secondary
    [InlineData("ana", "ana")]             // it is the same person
    [InlineData("ana", "gone")]            // nobody has this login any more
    public void leaves_the_policy_alone_when_nobody_else_is_there(string full, string secondary)
    {
        Assert.StartsWith("ana | ", Paged(full, secondary.Length == 0 ? [] : [secondary]), StringComparison.Ordinal);
        Assert.Empty(Spared);
    }

    [Fact]
    public void touches_no_target_that_is_not_a_schedule()
    {
        var routing = Routing("ana", ["bruno"]);

        Assert.Equal(["ana", "bruno", "maarja"], routing.Resolve(Sample.Organisation, "checkout", [Sample.Roster], Sample.Evening, Incident, Spared));
        Assert.Equal(["ana"], routing.Resolve(Sample.Organisation, "checkout", [Sample.Lead], Sample.Evening, Incident, Spared));
        Assert.Equal(["bruno", "ana"], routing.Resolve(Sample.Organisation, "checkout", [Sample.Primary, Sample.Secondary], Sample.Evening, Incident, Spared));
        Assert.Empty(Spared);
    }

    private List<(string Spared, string Instead)> Spared { get; } = [];

    private string Paged(string full, string[] secondary)
    {
        var routing = Routing(full, secondary);
        return string.Join(" | ", new[] { Sample.Primary, Sample.Secondary }
            .Select(t => string.Join('+', routing.Resolve(Sample.Organisation, "checkout", [t], Sample.Evening, Incident, Spared))));
    }

    private static OverloadRouting Routing(string full, string[] secondary)
    {
        var duty = new Duty(secondary);
        return new OverloadRouting(duty, new TargetResolver(duty), new Full(full.Split(',')));
    }

    private sealed class Full(string[] people) : IShiftLoad
    {
        public bool GoesToSecondary(OrganisationSnapshot organisation, string schedule, string person, Guid incident, Instant at) => people.Contains(person);
    }

    private sealed class Duty(string[] secondary) : IOnCall
    {
        public IReadOnlyList<string> At(OrganisationSnapshot organisation, string schedule, Position position, Instant at) => position == Position.Primary ? ["ana"] : secondary;

        public IReadOnlyList<string> Roster(OrganisationSnapshot organisation, string schedule, Instant at) => ["ana", "bruno", "maarja"];

        public Instant NextBusinessInstant(OrganisationSnapshot organisation, string? calendar, Instant at) => at;

        public Instant AddBusinessTime(OrganisationSnapshot organisation, string? calendar, Instant from, Duration businessTime) => from + businessTime;
    }
}
