using System.Globalization;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Links;
using Incidents.Paging.Model;
using Incidents.Paging.Vendors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Channels.Email;

/// <summary>
/// A mail with what is wrong and a link for each action. A mail server keeps no list that can be asked, so after a crash the message goes out again
/// under the same Message-ID.
/// </summary>
internal sealed class EmailChannel(
    IOptions<EmailOptions> options, LinkTokens links, IOptions<PagingAddresses> addresses, IOrganisation organisation, PagingMetrics metrics, Clock clock, ILogger<EmailChannel> logger) : IChannel
{
    public const string Vendor = "smtp";
    private const int LongestId = 100;

    private readonly Lazy<MailSender> sender = new(() => Sender(options.Value));

    public ChannelDescriptor Descriptor { get; } = new(ContactKind.Email, "email", Vendor, OneAtATime: false, CanCancel: false, Loudness: 2)
    {
        Can = Capabilities.Acknowledge | Capabilities.Resolve,
        VendorName = "the mail server",
        Bundles = true,
        Limits = new VendorLimits(options.Value.RatePerSecond, options.Value.Concurrency, options.Value.Timeout),
    };

    public bool IsConfigured => options.Value.IsConfigured;

    public async Task<Answer> Send(Dispatch dispatch, CancellationToken cancellationToken)
    {
        var o = options.Value;
        if (Recipient(dispatch.Address) is not { } address)
            return new Answer.Rejected(Reason.InvalidAddress, Permanent: true);
        var content = PageMail.Of(dispatch, addresses.Value.PublicUrl, links);
        var name = organisation.Current.People.GetValueOrDefault(dispatch.Person)?.Name;
        var message = MailDocument.Write(dispatch, content, sender.Value, name, address, clock.Now);

        using var timeout = new CancellationTokenSource(o.Timeout, clock.Provider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var started = clock.Provider.GetTimestamp();
        try
        {
            var reply = await SmtpSubmission.Deliver(o, sender.Value.From.Address, address, message, both.Token);
            if (SmtpReplies.Refusal(reply) is not { } refusal)
                return new Answer.Accepted(Id(dispatch.Attempt));
            Log.MailRefused(logger, dispatch.Attempt, reply.Stage, reply.Code, reply.Enhanced ?? "");
            return refusal;
        }
        catch (Exception e) when (Failure(e, cancellationToken) is { } reason)
        {
            Log.MailFailed(logger, dispatch.Attempt, o.Host, o.Port, e is SmtpException or AuthenticationException ? e.Message : e.GetType().Name);
            return new Answer.Deferred(reason, null);
        }
        finally
        {
            metrics.VendorTime.Record(clock.Provider.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("vendor", Vendor));
        }
    }

    /// <summary>Nothing can be known: so nothing is found, and it is sent again under its own Message-ID.</summary>
    public Task<IReadOnlyList<string>?> Find(Dispatch dispatch, Instant since, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>?>([]);

    public Task<bool> Cancel(string vendorId, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<VendorStatus?> Ask(string vendorId, CancellationToken cancellationToken) => Task.FromResult<VendorStatus?>(null);

    private string Id(Guid attempt)
    {
        var id = MailDocument.MessageId(attempt, sender.Value.Domain);
        return id.Length <= LongestId ? id : attempt.ToString("N", CultureInfo.InvariantCulture);
    }

    /// <summary>The address as the wire has it: its domain in ASCII (IDNA). Null: no address, or one that could smuggle a command.</summary>
    internal static string? Recipient(string text)
    {
        if (text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';' or '"') || !MailAddress.TryCreate(text, out var address) || address.Address.Length > 254)
            return null;
        try
        {
            return address.User + "@" + new IdnMapping().GetAscii(address.Host);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static MailSender Sender(EmailOptions options)
    {
        var from = new MailAddress(options.From);
        var host = new IdnMapping().GetAscii(from.Host);
        return new MailSender(new MailAddress($"{from.User}@{host}", from.DisplayName), options.ReplyTo.Length > 0 ? new MailAddress(options.ReplyTo) : null);
    }

    /// <summary>Null: not the server's failure (we are stopping, or a bug).</summary>
    private static Reason? Failure(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => cancellationToken.IsCancellationRequested ? null : Reason.VendorTimeout,
        SmtpException smtp => smtp.Reason,
        // A certificate that does not hold is mended by people, like credentials.
        AuthenticationException => Reason.Unauthorized,
        SocketException or IOException => Reason.VendorUnreachable,
        _ => null,
    };
}
