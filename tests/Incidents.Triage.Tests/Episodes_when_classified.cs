using FsCheck;
using FsCheck.Fluent;
using Incidents.Triage.Alerts;

namespace Incidents.Triage.Tests;

public sealed class Episodes_when_classified
{
    private static readonly Instant T1 = Instant.FromUtc(2026, 3, 10, 20, 0);
    private static readonly Instant T2 = T1 + Duration.FromMinutes(10);

    /// <summary>What is known (nothing, F1 = the first episode fires, R2 = the second is over), what comes, what it means.</summary>
    [Theory]
    [InlineData("", "F1", nameof(CopyKind.Fires))]
    [InlineData("", "R1", nameof(CopyKind.Resolves))]
    [InlineData("F1", "F1", nameof(CopyKind.Repeat))]
    [InlineData("F1", "R1", nameof(CopyKind.Resolves))]
    [InlineData("F1", "F2", nameof(CopyKind.Fires))]
    [InlineData("F1", "R2", nameof(CopyKind.Resolves))]
    [InlineData("R1", "F1", nameof(CopyKind.Late))]
    [InlineData("R1", "R1", nameof(CopyKind.Late))]
    [InlineData("R1", "F2", nameof(CopyKind.Fires))]
    [InlineData("R1", "R2", nameof(CopyKind.Resolves))]
    [InlineData("F2", "F1", nameof(CopyKind.Late))]
    [InlineData("F2", "R1", nameof(CopyKind.Late))]
    [InlineData("R2", "F1", nameof(CopyKind.Late))]
    [InlineData("R2", "R1", nameof(CopyKind.Late))]
    public void a_start_that_the_source_gave_names_the_episode(string known, string copy, string expected)
        => Assert.Equal(expected, Classify(known, copy, startGiven: true, lastSeq: 5, seq: 6).ToString());

    [Theory]
    [InlineData("", "F1", 6, nameof(CopyKind.Fires))]
    [InlineData("F1", "F2", 6, nameof(CopyKind.Repeat))]
    [InlineData("F1", "R2", 6, nameof(CopyKind.Resolves))]
    [InlineData("R1", "F2", 6, nameof(CopyKind.Fires))]
    [InlineData("R1", "R2", 6, nameof(CopyKind.Late))]
    [InlineData("F1", "R2", 4, nameof(CopyKind.Late))]
    [InlineData("R1", "F2", 4, nameof(CopyKind.Late))]
    public void without_a_given_start_the_order_of_acceptance_decides(string known, string copy, int seq, string expected)
        => Assert.Equal(expected, Classify(known, copy, startGiven: false, lastSeq: 5, seq).ToString());

    /// <summary>Whatever the order and however many copies: what stands in the end is the newest episode, over exactly if any of its copies said so.</summary>
    [Fact]
    public void every_order_of_copies_ends_in_the_same_state()
        => Prop.ForAll(Gen.ArrayOf(Gen.Elements("F1", "R1", "F2", "R2", "F3", "R3")).ToArbitrary(), copies =>
        {
            (bool Firing, Instant Start)? state = null;
            var seq = 0;
            foreach (var copy in copies)
            {
                var kind = Episodes.Classify(state?.Firing, state?.Start, seq, copy[0] == 'F', Start(copy), ++seq, startGiven: true);
                if (kind is CopyKind.Fires or CopyKind.Resolves)
                    state = (kind == CopyKind.Fires, Start(copy));
            }
            if (copies.Length == 0)
                return state is null;
            var newest = copies.Max(Start);
            return state == (!copies.Any(c => c[0] == 'R' && Start(c) == newest), newest);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static CopyKind Classify(string known, string copy, bool startGiven, int lastSeq, int seq)
        => Episodes.Classify(known.Length == 0 ? null : known[0] == 'F', known.Length == 0 ? null : Start(known), lastSeq, copy[0] == 'F', Start(copy), seq, startGiven);

    private static Instant Start(string copy) => copy[1] switch { '1' => T1, '2' => T2, _ => T2 + Duration.FromHours(1) };
}
