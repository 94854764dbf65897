using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Scheduling.Swaps;

/// <summary>A swap request as it is kept. Its lists are JSON: they are read and written with it, under its lock.</summary>
internal sealed class SwapRow
{
    public long Number { get; set; }
    public Guid Id { get; set; }
    public string Schedule { get; set; } = "";
    public Position Position { get; set; }
    public string Person { get; set; } = "";
    public Instant FromAt { get; set; }
    public Instant ToAt { get; set; }
    public string? Reason { get; set; }
    public SwapState State { get; set; }
    public bool Anyone { get; set; }
    public string People { get; set; } = "[]";
    public string Declined { get; set; } = "[]";
    public string Covers { get; set; } = "[]";
    public string Counters { get; set; } = "[]";

    /// <summary>Ids of the messages that are its timers.</summary>
    public string Timers { get; set; } = "[]";

    /// <summary>Everybody who asked, was asked or answered, each between line ends: what a list by person looks into.</summary>
    public string Involved { get; set; } = "";

    public Instant ExpiresAt { get; set; }
    public Instant CreatedAt { get; set; }
    public string CreatedBy { get; set; } = "";
    public Instant? SettledAt { get; set; }

    public Swap Read() => new(Id, Schedule, Position, Person, FromAt, ToAt, Reason, Anyone, List<string>(People), ExpiresAt)
    {
        State = State,
        Declined = List<string>(Declined),
        Covers = List<SwapCover>(Covers),
        Counters = List<SwapCounter>(Counters),
    };

    public void Write(Swap swap)
    {
        State = swap.State;
        People = Text(swap.People);
        Declined = Text(swap.Declined);
        Covers = Text(swap.Covers);
        Counters = Text(swap.Counters);
        Involved = "\n" + string.Join('\n', new[] { Person }.Concat(swap.People).Concat(swap.Declined).Concat(swap.Covers.Select(c => c.Person)).Concat(swap.Counters.Select(c => c.Person)).Distinct(StringComparer.Ordinal)) + "\n";
    }

    public IReadOnlyList<Guid> TimerIds
    {
        get => List<Guid>(Timers);
        set => Timers = Text(value);
    }

    private static List<T> List<T>(string json) => JsonSerializer.Deserialize<List<T>>(json, Json.Options) ?? [];

    private static string Text<T>(IEnumerable<T> items) => JsonSerializer.Serialize(items, Json.Options);

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<SwapRow>();
        modelling.Table(e, SchedulingModel.Module, "swaps");
        e.HasKey(x => x.Number);
        e.Property(x => x.Number).ValueGeneratedOnAdd();
        e.HasIndex(x => x.Id).IsUnique();
        e.Property(x => x.Schedule).HasMaxLength(200);
        e.Property(x => x.Person).HasMaxLength(200);
        e.Property(x => x.Reason).HasMaxLength(1000);
        e.Property(x => x.CreatedBy).HasMaxLength(200);
        e.Ignore(x => x.TimerIds);
        e.HasIndex(x => new { x.Schedule, x.Number });
        e.HasIndex(x => new { x.State, x.Number });
    }
}
