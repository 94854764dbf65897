using System.Data.Common;
using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels;
using Incidents.Paging.Data;
using Incidents.Paging.Model;
using Incidents.Paging.Vendors;
using Incidents.Persistence.Transactions;
using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>An attempt as a claim looks at it. <paramref name="HeldUntil"/>: its contact's present burst, whether it is one of those that wait for its end or not.</summary>
internal sealed record Candidate(
    Dispatch Dispatch, ContactKind Channel, AttemptKind Kind, int Claims, Instant? FirstClaimAt, int Tries, Reason Reason, Instant DueAt, int Episode,
    string Vendor, string Asked, Place Place, Instant FairAt, int Ordinal, bool Stop, Guid? Bundle, Instant? HeldUntil)
{
    public Guid Id => Dispatch.Attempt;

    public Reach Reach => new(Channel, Dispatch.Address);

    public Claimed Claim(int claims, Instant lease, Instant now, bool lookFirst, bool wanted) => new(Dispatch, Channel, Kind, claims, lease, FirstClaimAt ?? now, Tries, lookFirst, wanted)
    {
        Vendor = Vendor,
        Asked = Asked,
        // It waited for its bundle: nothing that a vendor said.
        Reason = Reason == Reason.Bundled ? Reason.None : Reason,
        Urgency = Place.Urgency,
    };
}

/// <summary>Reads attempts for claims.</summary>
internal sealed class CandidateReader(Dialect dialect)
{
    /// <summary>Selects candidates; a where clause follows, in which <c>a</c> is the attempt.</summary>
    public string Select { get; } =
        "select a.id, a.incident, a.number, a.person, a.address, p.title, p.service, p.severity, p.created_at, a.text, a.channel, a.kind, a.claims, a.first_claim_at, a.tries, a.reason, a.due_at, p.episode, " +
        "a.vendor, a.asked, a.urgency, a.pool_rank, a.fair_at, a.ordinal, a.stop, a.bundle, " +
        $"(select b.until from {dialect.Bursts} b where b.channel = a.channel and b.address = a.address) as held_until " +
        $"from {dialect.Attempts} a join {dialect.Pages} p on p.id = a.page";

    public Candidate Read(DbDataReader r) => new(
        new Dispatch(r.GetGuid(0), r.GetGuid(1), r.GetInt64(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetString(6), r.GetString(7), dialect.ReadInstant(r, 8), r.IsDBNull(9) ? null : r.GetString(9)),
        Enum.Parse<ContactKind>(r.GetString(10)), Enum.Parse<AttemptKind>(r.GetString(11)), r.GetInt32(12), dialect.ReadInstantOrNull(r, 13), r.GetInt32(14), Enum.Parse<Reason>(r.GetString(15)), dialect.ReadInstant(r, 16), r.GetInt32(17),
        r.GetString(18), r.GetString(19), new Place(r.GetInt32(20), r.GetInt32(21)), dialect.ReadInstantOrNull(r, 22) ?? dialect.ReadInstant(r, 16), r.GetInt32(23), Truth(r.GetValue(24)),
        r.IsDBNull(25) ? null : r.GetGuid(25), dialect.ReadInstantOrNull(r, 26));

    /// <summary>What is due to these contacts and can go in one message with others, at each contact's vendor, in the order of their turns.</summary>
    public async Task<List<Candidate>> Joining(Work work, IReadOnlyCollection<(Reach Contact, string Vendor)> contacts, CancellationToken cancellationToken)
    {
        var rows = dialect.Rows();
        foreach (var (contact, vendor) in contacts)
            rows.Row().Text("to_channel", contact.Channel).Text("to_address", contact.Address).Text("by_vendor", vendor);
        if (rows.Count == 0)
            return [];
        return await dialect.Command(work,
                $"{Select} join {rows.As("x")} on a.address = x.to_address and a.channel = x.to_channel and a.vendor = x.by_vendor " +
                "where a.state = 'Waiting' and a.urgency = 1 and a.kind = 'Page' and a.tries = 0 and a.bundle is null and a.due_at <= @now and a.next_at <= @now " +
                $"order by a.pool_rank, a.fair_at, a.ordinal limit {Bundling.Most * 4}")
            .With("@rows", rows).With("@now", work.Now).Read(Read, cancellationToken);
    }

    /// <summary>What of these bundles is in this state and due.</summary>
    public async Task<List<Candidate>> OfBundles(Work work, IReadOnlyCollection<Guid> bundles, AttemptState state, CancellationToken cancellationToken)
        => bundles.Count == 0 ? [] : await dialect.Command(work, $"{Select} where a.bundle {dialect.In("@ids")} and a.state = '{state}' and a.next_at <= @now order by a.number, a.id")
            .With("@ids", bundles).With("@now", work.Now).Read(Read, cancellationToken);

    /// <summary>By what the vendor knows these bundles, whatever has become of the attempts that they are named after.</summary>
    public async Task<Dictionary<Guid, BundleName>> Names(Work work, IReadOnlyCollection<Guid> bundles, CancellationToken cancellationToken)
        => bundles.Count == 0 ? [] : (await dialect.Command(work, $"select a.id, a.number, p.created_at from {dialect.Attempts} a join {dialect.Pages} p on p.id = a.page where a.id {dialect.In("@ids")}")
            .With("@ids", bundles).Read(r => new BundleName(r.GetGuid(0), r.GetInt64(1), dialect.ReadInstant(r, 2)), cancellationToken)).ToDictionary(n => n.Id);

    public static bool Truth(object value) => Convert.ToBoolean(value, System.Globalization.CultureInfo.InvariantCulture);
}
