using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Configuration.Plan;
using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Configuration.Storage;

/// <summary>
/// What a plan makes of the stored rows: some are closed or get another place (<see cref="Touched"/>), some are <see cref="Added"/>. Pure: nothing is
/// written, so that the organisation as it would be can be looked at first. The rows given are changed in place.
/// </summary>
internal sealed class AmendedRows
{
    /// <summary>"Always": from when the first version of a schedule holds, because its rotation ran before it was told to us.</summary>
    public static Instant Beginning { get; } = Instant.FromUnixTimeSeconds(0);

    private readonly StoredRows stored;
    private readonly ChangePlan plan;
    private readonly Instant now;
    private readonly Instant effective;
    private readonly bool later;
    private readonly HashSet<ItemRow> touched = new(ReferenceEqualityComparer.Instance);
    private readonly List<ItemRow> added = [];
    private readonly List<RowChange> changes = [];

    /// <param name="stored">Its rows are changed in place.</param>
    /// <param name="author">Who is written into the rows.</param>
    /// <param name="effective">From when changed schedules hold, if not at <paramref name="now"/>; never before it.</param>
    public AmendedRows(StoredRows stored, ChangePlan plan, string author, Instant now, Instant? effective)
    {
        (this.stored, this.plan, this.now, later) = (stored, plan, now, effective is not null);
        this.effective = Instant.Max(now, effective ?? now);
        Version = stored.Version + 1;
        Amend(author);
    }

    public long Version { get; }
    public IReadOnlyCollection<ItemRow> Touched => touched;
    public IReadOnlyList<ItemRow> Added => added;

    /// <summary>The rows behind each change of the plan, in its order.</summary>
    public IReadOnlyList<RowChange> Changes => changes;

    /// <summary>The organisation as it is after the change.</summary>
    public OrganisationSnapshot Snapshot() => SnapshotBuilder.Build(Version, [.. stored.Rows, .. added], stored.Logins);

    private void Amend(string author)
    {
        var rows = stored.Rows.Where(r => r.Replaced is null).ToDictionary(r => r.Id);
        foreach (var (row, place) in plan.Places)
        {
            if (rows[row].Place == place)
                continue;
            rows[row].Place = place;
            touched.Add(rows[row]);
        }
        foreach (var change in plan.Changes)
        {
            var old = change.Before is { } before ? rows[before.Row] : null;
            var from = From(change);
            var correction = Corrects(change);
            if (old is not null)
                Close(change, old, correction ? old.EffectiveFrom : Instant.Max(old.EffectiveFrom, from), from);
            var row = change.After is { } after ? New(change, after, old, correction ? old!.EffectiveFrom : old is null && ActsFromTheBeginning(change.Section, after) ? Beginning : from, author) : null;
            if (row is not null)
                added.Add(row);
            changes.Add(new RowChange(change, old, row));
        }
    }

    /// <summary>Schedules change when it was asked for, and what belongs to a schedule that goes, goes with it; everything else at once.</summary>
    private Instant From(PlannedChange change) => change.Section == AllSections.Schedules || (change.Action == ChangeAction.Delete && ScheduleOf(change.Before!.Item) is { } schedule
        && plan.Changes.Any(c => c.Section == AllSections.Schedules && c.Action == ChangeAction.Delete && c.Name == schedule)) ? effective : now;

    private static string? ScheduleOf(Item item) => item.Value switch
    {
        Override exception => exception.Schedule,
        TemporarySchedule temporary => temporary.Schedule,
        _ => null,
    };

    /// <summary>An update that says better what was meant all the time; any other acts from now on.</summary>
    private static bool Corrects(PlannedChange change) => change.Action == ChangeAction.Update && change.Section switch
    {
        OverrideSection => !change.Paths.Contains("position", StringComparer.Ordinal),
        TemporaryScheduleSection => change.Paths.All(p => p is "reason" or "name"),
        _ => false,
    };

    /// <summary>
    /// An override tells what happened, also in the past. So do the first version of a schedule and the first temporary schedule of a name; one that was
    /// there before has acted, and coming back it acts from now on.
    /// </summary>
    private bool ActsFromTheBeginning(Section section, Item after) => section switch
    {
        OverrideSection => true,
        ScheduleSection => !later && Unknown(after),
        TemporaryScheduleSection => Unknown(after),
        _ => false,
    };

    private bool Unknown(Item item) => !stored.Rows.Any(r => r.Kind == item.Section.Kind && r.Name == item.Name);

    private void Close(PlannedChange change, ItemRow old, Instant end, Instant from)
    {
        old.Replaced = Version;
        old.EffectiveTo = end;
        touched.Add(old);
        if (change.Section != AllSections.Schedules)
            return;
        // Earlier versions that were to hold until a later instant, because their successor never came into force, end now.
        foreach (var row in stored.Rows.Where(r => r.Item == old.Item && r.Id != old.Id && r.EffectiveTo > from))
        {
            row.EffectiveTo = Instant.Max(row.EffectiveFrom, from);
            touched.Add(row);
        }
    }

    private ItemRow New(PlannedChange change, Item after, ItemRow? old, Instant from, string author) => new()
    {
        Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
        Item = old?.Item ?? Guid.CreateVersion7(now.ToDateTimeOffset()),
        Kind = change.Section.Kind,
        Name = after.Name,
        Body = NodeJson.Write(after.Body),
        Place = plan.NewPlaces[after],
        Revision = Version,
        EffectiveFrom = from,
        CreatedAt = old?.CreatedAt ?? now,
        CreatedBy = old?.CreatedBy ?? author,
        WrittenAt = now,
        WrittenBy = author,
    };
}

/// <summary>A change with the row that it closes and the row that it adds; never without both.</summary>
internal sealed record RowChange(PlannedChange Change, ItemRow? Before, ItemRow? After)
{
    public Guid Item => (After ?? Before)!.Item;
}
