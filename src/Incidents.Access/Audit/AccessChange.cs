using Incidents.Contracts.Seams;
using Incidents.Persistence;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Access.Audit;

internal enum AccessAction
{
    Invited, ResetAsked, AccountCreated, AccountRemoved, AccountLocked, PasswordChanged, TotpOn, TotpOff, RecoveryCodesMade, RecoveryCodeUsed,
    PasskeyAdded, PasskeyRemoved, SessionStarted, SessionEnded, KeyMade, KeyRevoked,
}

/// <summary>The audit of access: who changed whose way in. Written in the transaction of the change; rows are never changed, and hold no secret.</summary>
internal sealed class AccessChange
{
    /// <summary>In the order in which they were written.</summary>
    public long Id { get; set; }

    public Instant At { get; set; }

    /// <summary>Login; <c>system</c> for the bootstrap key, empty for somebody who has not signed in.</summary>
    public string Actor { get; set; } = "";

    /// <summary>api or web.</summary>
    public string Via { get; set; } = "";

    public AccessAction Action { get; set; }

    /// <summary>Whose account, session or key; null: a machine's.</summary>
    public string? Person { get; set; }

    /// <summary>Name of the key or passkey, how the session began, …</summary>
    public string? Detail { get; set; }

    /// <summary>Network address of the caller.</summary>
    public string? Address { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<AccessChange>();
        modelling.Table(e, "access", "audit");
        e.HasKey(x => x.Id);
        e.Property(x => x.Actor).HasMaxLength(100);
        e.Property(x => x.Via).HasMaxLength(32);
        e.Property(x => x.Person).HasMaxLength(100);
        e.Property(x => x.Detail).HasMaxLength(200);
        e.Property(x => x.Address).HasMaxLength(64);
        e.HasIndex(x => x.Person);
    }
}

internal static class AccessAudit
{
    /// <summary>Writes the entry in this transaction.</summary>
    public static void Note(this Work work, Caller caller, AccessAction action, string? person, string? detail = null) => work.Db.Add(new AccessChange
    {
        At = work.Now,
        Actor = caller.Actor,
        Via = caller.Via,
        Action = action,
        Person = person,
        Detail = detail,
        Address = caller.Address,
    });
}

/// <summary>Who does something, and from where.</summary>
internal sealed record Caller(string Actor, string Via, string? Address, string? Browser)
{
    private const int LongestBrowser = 200;

    /// <summary>The signed-in caller, or nobody yet.</summary>
    public static Caller Of(Microsoft.AspNetCore.Http.HttpContext context, string? login = null)
    {
        var actor = context.TryActor();
        var agent = Kernel.Texts.Clean(context.Request.Headers.UserAgent.ToString(), LongestBrowser);
        var address = context.Connection.RemoteIpAddress;
        if (address?.IsIPv4MappedToIPv6 == true)
            address = address.MapToIPv4();
        return new Caller(login ?? actor?.Login ?? "", actor?.Via ?? "web", address?.ToString(), agent.Length == 0 ? null : agent);
    }
}
