using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Channels.Email;
using Incidents.Paging.Channels.Slack;
using Incidents.Paging.Channels.Sms;
using Incidents.Paging.Channels.Twilio;
using Incidents.Paging.Channels.Voice;
using Incidents.Paging.Contacts;
using Incidents.Paging.Data;
using Incidents.Paging.Endpoints;
using Incidents.Paging.Links;
using Incidents.Paging.Model;
using Incidents.Paging.Notices;
using Incidents.Paging.Pipeline;
using Incidents.Paging.Rules;
using Incidents.Paging.Trials;
using Incidents.Paging.Vendors;
using Incidents.Paging.Vendors.SmsGateway;
using Incidents.Paging.Vendors.Usage;
using Incidents.Paging.Webhooks;
using Incidents.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Incidents.Paging;

public static class PagingServices
{
    /// <summary>
    /// Paging's data, channels and endpoints. <paramref name="consumes"/>: this process has the paging role, so it consumes the endpoint and sends.
    /// Call before <c>AddPersistence</c>.
    /// </summary>
    public static IServiceCollection AddPaging(this IServiceCollection services, IConfiguration config, bool consumes)
    {
        services.AddOptions<TwilioOptions>().Bind(config.GetSection(TwilioOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TwilioOptions>, TwilioOptionsValidator>();
        services.AddOptions<VoiceOptions>().Bind(config.GetSection(VoiceOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<VoiceOptions>, VoiceOptionsValidator>();
        services.AddOptions<TwilioBackupOptions>().Bind(config.GetSection(TwilioBackupOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TwilioBackupOptions>, TwilioBackupOptionsValidator>();
        services.AddOptions<SmsGatewayOptions>().Bind(config.GetSection(SmsGatewayOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SmsGatewayOptions>, SmsGatewayOptionsValidator>();
        services.AddOptions<VendorOptions>().Bind(config.GetSection(VendorOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<VendorOptions>, VendorOptionsValidator>();
        services.AddOptions<UsageOptions>().Bind(config.GetSection(UsageOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<UsageOptions>, UsageOptionsValidator>();
        services.AddOptions<EmailOptions>().Bind(config.GetSection(EmailOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EmailOptions>, EmailOptionsValidator>();
        services.AddOptions<WebhookOptions>().Bind(config.GetSection(WebhookOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
        services.AddOptions<BundleOptions>().Bind(config.GetSection(BundleOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BundleOptions>, BundleOptionsValidator>();
        services.AddOptions<PagingAddresses>().Configure(o => Addresses(o, config)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PagingAddresses>, PagingAddressesValidator>();

        services.AddSingleton<IModelPart, PagingModel>();
        services.AddSingleton<PagingMetrics>();
        services.AddSingleton<IMeters>(p => p.GetRequiredService<PagingMetrics>());
        services.AddSingleton<Dialect>();
        services.AddSingleton<IncidentLocks>();
        services.AddSingleton<LineTable>();
        services.AddSingleton<BurstTable>();
        services.AddSingleton<Bundling>();
        services.AddSingleton<PageTable>();
        services.AddSingleton<Leases>();
        services.AddSingleton<VendorQueues>();
        services.AddSingleton<QueueMoves>();
        services.AddSingleton<UsageTable>();
        services.AddSingleton<UsageWatch>();
        services.AddSingleton<IVendorHealth, VendorHealth>();
        services.AddSingleton<Sender>();
        services.AddSingleton<CandidateReader>();
        services.AddSingleton<ClaimStore>();
        services.AddSingleton<LapsedLeases>();
        services.AddSingleton<OutcomeStore>();
        services.AddSingleton<StatusStore>();
        services.AddSingleton<StatusReports>();
        services.AddSingleton<Errands>();
        services.AddSingleton<KnownAtVendor>();
        services.AddSingleton<PageReader>();
        services.AddSingleton<IPagedPeople, PagedPeople>();
        services.AddSingleton<LinkKey>();
        services.AddSingleton<LinkTokens>();
        services.AddSingleton<LinkForms>();
        services.AddSingleton<LinkEndpoints>();
        services.AddSingleton(sp => ActivatorUtilities.CreateInstance<TwilioClient>(sp, sp.GetRequiredService<IOptions<TwilioOptions>>().Value));
        services.AddSingleton<IChannel, VoiceChannel>();
        services.AddSingleton<IChannel, SmsChannel>();
        services.AddSingleton<CallSequels>();
        services.AddSingleton<Pins>();
        services.AddSingleton<TrialTable>();
        services.AddSingleton<TrialStates>();
        services.AddSingleton<TrialCalls>();
        services.AddSingleton<TestRuns>();
        services.AddSingleton<ContactChecks>();
        services.AddSingleton<ContactEndpoints.Reader>();
        services.AddSingleton<Unsubscriptions>();
        // In the order in which they are tried: the second account and the gateway stand in for the first.
        services.AddSingleton<TwilioAccounts>();
        services.AddSingleton<IChannel>(sp => ActivatorUtilities.CreateInstance<VoiceChannel>(sp, sp.GetRequiredService<TwilioAccounts>().Backup));
        services.AddSingleton<IChannel>(sp => ActivatorUtilities.CreateInstance<SmsChannel>(sp, sp.GetRequiredService<TwilioAccounts>().Backup));
        services.AddSingleton<IChannel>(sp => ActivatorUtilities.CreateInstance<SmsGatewayChannel>(sp, ActivatorUtilities.CreateInstance<SmsChannel>(sp)));
        services.AddSingleton<IChannel, EmailChannel>();
        SlackServices.Add(services, config, consumes);
        services.AddSingleton<ChannelCatalogue>();
        services.AddSingleton<Pump>();
        services.AddSingleton<NoticeStore>();
        services.AddSingleton<NoticePump>();
        services.AddSingleton<WebhookTable>();
        services.AddSingleton<WebhookStore>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookPump>();
        services.AddSingleton<WebhookEndpoints>();
        services.AddScoped<PhoneActions>();
        services.AddScoped<VoiceCall>();
        if (consumes)
        {
            services.AddScoped<NoticeCreation>();
            services.AddHostedService(sp => sp.GetRequiredService<NoticePump>());
            services.AddHostedService(sp => sp.GetRequiredService<WebhookPump>());
            services.AddHostedService<WebhookFeed>();
            services.AddScoped<PageCreation>();
            services.AddScoped<PageStopping>();
            services.AddHostedService(sp => sp.GetRequiredService<Pump>());
            services.AddHostedService(sp => sp.GetRequiredService<UsageWatch>());
            services.AddEndpoint<PagingConsumer>(EndpointCatalogue.Paging);
        }
        return services;
    }

    /// <summary>The vendor's callbacks (signed), links (signed), and the log of attempts (role observer).</summary>
    public static IEndpointRouteBuilder MapPaging(this IEndpointRouteBuilder endpoints)
    {
        var callbacks = endpoints.MapGroup("").AddEndpointFilter<SignedCallback>().DisableAntiforgery().ExcludeFromDescription();
        callbacks.MapPost(CallbackUrls.VoicePath, VoiceEndpoints.Voice);
        callbacks.MapPost(CallbackUrls.DigitsPath, VoiceEndpoints.Digits);
        callbacks.MapPost(CallbackUrls.StatusPath, StatusEndpoint.Handle);
        callbacks.MapPost(CallbackUrls.SmsPath, SmsEndpoints.Handle);
        callbacks.MapPost(CallbackUrls.IncomingPath, CallInEndpoints.Incoming);
        callbacks.MapPost(CallbackUrls.PinPath, CallInEndpoints.EnteredPin);
        PinEndpoints.Map(endpoints);
        PreviewEndpoint.Map(endpoints);
        ContactEndpoints.Map(endpoints);
        TestEndpoints.Map(endpoints);
        endpoints.MapGet("/api/v1/contacts/unsubscribed", UnsubscribedEndpoint.List).RequireRole(Role.Observer).WithTags("Paging")
            .WithName("listUnsubscribed").WithSummary("Numbers that have opted out of texts, latest first").Produces<ItemList<UnsubscribedView>>();

        endpoints.MapMethods("/a/{token}", [HttpMethods.Get, HttpMethods.Head], (HttpContext http, string token, LinkEndpoints links) => links.Show(http, token)).ExcludeFromDescription();
        endpoints.MapPost("/a/{token}", (HttpContext http, string token, LinkEndpoints links, PhoneActions actions) => links.Act(http, token, actions)).DisableAntiforgery().ExcludeFromDescription();
        SlackEndpoints.Map(endpoints);

        endpoints.MapGet("/api/v1/incidents/{id}/pages", PagesEndpoints.OfIncident).RequireRole(Role.Observer).WithTags("Paging")
            .WithName("listPages").WithSummary("Every attempt to reach somebody for an incident, oldest first").Produces<ItemList<AttemptView>>();
        endpoints.MapGet("/api/v1/pages/failed", PagesEndpoints.Failed).RequireRole(Role.Observer).WithTags("Paging")
            .WithName("listFailedPages").WithSummary("What could not be sent within the last 24 hours for open incidents, newest first").Produces<ItemList<FailedView>>();
        endpoints.MapGet("/api/v1/notices", NoticesEndpoint.List).RequireRole(Role.Observer).WithTags("Paging")
            .WithName("listNotices").WithSummary("What people were told that is not a page, newest first")
            .WithDescription("Your own; the role manager sees everybody's, or those of person. state: queued, sent, delivered or failed.")
            .Produces<NoticeList>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        endpoints.MapGet("/api/v1/channels", ChannelsEndpoint.List).RequireRole(Role.Observer).WithTags("Paging")
            .WithName("listChannels").WithSummary("The ways of reaching people that are configured here, in the order in which they are tried, and how their vendors do")
            .WithDescription("state: how the answering process sees the vendor. closed: everything goes; halfOpen: one request tries whether it is back; open: it is left alone.")
            .Produces<ItemList<ChannelView>>();
        endpoints.MapGet("/api/v1/usage", UsageEndpoint.Show).RequireRole(Role.Manager).WithTags("Paging")
            .WithName("showUsage").WithSummary("What vendors took in a month (UTC), and what it cost at the prices of its time")
            .WithDescription("month: yyyy-MM, the present one by default. What was taken is counted, delivered or not.")
            .Produces<UsageView>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        WebhookEndpoints.Map(endpoints);
        return endpoints;
    }

    private static void Addresses(PagingAddresses addresses, IConfiguration config)
    {
        var first = (config["Urls"] ?? "http://127.0.0.1:8080").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "";
        addresses.PublicUrl = (string.IsNullOrWhiteSpace(config["PublicUrl"]) ? first : config["PublicUrl"]!).TrimEnd('/');
        addresses.SigningKey = string.IsNullOrEmpty(config["Links:SigningKey"]) ? null : config["Links:SigningKey"];
        if (!string.IsNullOrEmpty(config["Links:Lifetime"]))
            addresses.Lifetime = TimeSpan.TryParse(config["Links:Lifetime"], System.Globalization.CultureInfo.InvariantCulture, out var lifetime) ? lifetime : TimeSpan.Zero;
        addresses.DataDirectory = config["DataDirectory"] ?? "./data";
    }
}
