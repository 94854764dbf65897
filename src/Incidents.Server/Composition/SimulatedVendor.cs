using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Simulator;

namespace Incidents.Server.Composition;

/// <summary>Lets Paging talk to the built-in simulator exactly as it would to the vendor: over HTTP, with the vendor's client and signatures.</summary>
internal static class SimulatedVendor
{
    private const string Sid = "AC00000000000000000000000000000001";
    private const string Token = "simulator-token";
    private const string Number = "+15550100000";

    public static void Configure(ConfigurationManager configuration, ServerOptions options)
    {
        if (!options.Simulator)
            return;
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Paging:Twilio:ApiBaseUrl"] = options.Urls[0].ToString().TrimEnd('/') + SimulatorEndpoints.VendorPath,
            ["Paging:Twilio:AccountSid"] = Sid,
            ["Paging:Twilio:AuthToken"] = Token,
            ["Paging:Twilio:From"] = Number,
        });
    }

    /// <summary>Section <c>Simulator</c> may set how fast it is (<c>CarrierLatency</c>, <c>CharactersPerSecond</c>, …); whose account it is and who may reach it follow from the server.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration, ServerOptions options)
    {
        services.AddSimulator(o =>
        {
            configuration.GetSection("Simulator").Bind(o);
            o.AccountSid = Sid;
            o.AuthToken = Token;
            o.Number = Number;
            o.PublicUrl = options.PublicUrl.ToString().TrimEnd('/');
            o.AllowRemote = !options.IsLoopback;
        });
        services.AddSingleton<IPhoneBook, PhoneBook>();
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
}
