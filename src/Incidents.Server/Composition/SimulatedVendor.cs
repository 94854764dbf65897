using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Paging;
using Incidents.Simulator;

namespace Incidents.Server.Composition;

/// <summary>Lets Paging talk to the built-in simulator exactly as it would to the vendor: over HTTP, with the vendor's client and signatures.</summary>
internal static class SimulatedVendor
{
    private const string Sid = "AC00000000000000000000000000000001";
    private const string Token = "simulator-token";
    private const string Number = "+15550100000";
    private const string BotToken = "xoxb-simulator";
    private const string SigningSecret = "simulator-signing-secret";

    /// <summary>Where simulated mail arrives; null: it does not, because there is no simulator or a mail server is configured.</summary>
    public static MailListener? Configure(ConfigurationManager configuration, ServerOptions options)
    {
        if (!options.Simulator)
            return null;
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Paging:Twilio:ApiBaseUrl"] = options.Urls[0].ToString().TrimEnd('/') + SimulatorEndpoints.VendorPath,
            ["Paging:Twilio:AccountSid"] = Sid,
            ["Paging:Twilio:AuthToken"] = Token,
            ["Paging:Twilio:From"] = Number,
        });
        if (string.IsNullOrEmpty(configuration["Paging:Slack:BotToken"]))
        {
            configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Paging:Slack:ApiBaseUrl"] = options.Urls[0].ToString().TrimEnd('/') + SimulatorEndpoints.SlackPath,
                ["Paging:Slack:BotToken"] = BotToken,
                ["Paging:Slack:SigningSecret"] = SigningSecret,
                ["Paging:Slack:IncidentChannel"] = configuration["Paging:Slack:IncidentChannel"] ?? "incidents",
            });
        }
        if (!string.IsNullOrEmpty(configuration["Paging:Email:Host"]))
            return null;
        var mail = MailListener.Open();
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Paging:Email:Host"] = "127.0.0.1",
            ["Paging:Email:Port"] = mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Paging:Email:Security"] = nameof(EmailSecurity.None),
            ["Paging:Email:From"] = "Incidents <incidents@incidents.example>",
        });
        return mail;
    }

    /// <summary>Section <c>Simulator</c> may set how fast it is (<c>CarrierLatency</c>, <c>CharactersPerSecond</c>, …); whose account it is and who may reach it follow from the server.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration, ServerOptions options, MailListener? mail)
    {
        services.AddSimulator(o =>
        {
            configuration.GetSection("Simulator").Bind(o);
            o.AccountSid = Sid;
            o.AuthToken = Token;
            o.Number = Number;
            o.SlackBotToken = BotToken;
            o.SlackSigningSecret = SigningSecret;
            o.PublicUrl = options.PublicUrl.ToString().TrimEnd('/');
            o.AllowRemote = !options.IsLoopback;
            o.Mail = mail;
        });
        services.AddSingleton<IPhoneBook, PhoneBook>();
        services.AddSingleton<ISimulatedMembers, Members>();
    }

    /// <summary>Everybody in the organisation who has a phone.</summary>
    private sealed class PhoneBook(IOrganisation organisation) : IPhoneBook
    {
        public Task<IReadOnlyList<SimulatedPhone>> GetPhonesAsync(CancellationToken cancellationToken)
        {
            IReadOnlyList<SimulatedPhone> phones = [.. organisation.Current.People.Values
                .OrderBy(p => p.Name, StringComparer.Ordinal)
                .SelectMany(p => p.Contacts.Where(c => c.Kind is ContactKind.Voice or ContactKind.Sms).Select(c => new SimulatedPhone(p.Login, p.Name, c.Address)))
                .DistinctBy(p => p.Number)];
            return Task.FromResult(phones);
        }
    }

    /// <summary>Everybody in the organisation; who has no Slack contact gets an id of the simulator's, so that they can be found by e-mail as in a real workspace.</summary>
    private sealed class Members(IOrganisation organisation) : ISimulatedMembers
    {
        public Task<IReadOnlyList<SimulatedMember>> GetMembersAsync(CancellationToken cancellationToken)
        {
            IReadOnlyList<SimulatedMember> members = [.. organisation.Current.People.Values
                .OrderBy(p => p.Name, StringComparer.Ordinal)
                .Select(p => new SimulatedMember(p.Contacts.FirstOrDefault(c => c.Kind == ContactKind.Slack)?.Address ?? Id(p.Login), p.Login, p.Name, p.Email, p.Zone))];
            return Task.FromResult(members);
        }

        private static string Id(string login) => "U" + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(login)))[..10];
    }
}
