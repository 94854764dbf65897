using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Incidents.Access;
using Incidents.Access.OpenId;
using Incidents.Ingest;
using Incidents.Paging;
using Incidents.Paging.Vendors;
using Incidents.Paging.Vendors.SmsGateway;
using Incidents.Paging.Vendors.Usage;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Messages;
using Incidents.Persistence.Storage;
using Incidents.Scheduling;
using Microsoft.Extensions.Options;

namespace Incidents.Server.Composition;

/// <summary>
/// All settings looked at before anything is built, so that every fault is in one list: unreadable values, values out of range,
/// and what the options' own validators find.
/// </summary>
internal static class SettingsCheck
{
    /// <summary>The sections with a class of their own; docs/operations.md lists them.</summary>
    public static IReadOnlyList<(string Section, Type Options)> Sections { get; } =
    [
        (StorageOptions.Section, typeof(StorageOptions)),
        (BusOptions.Section, typeof(BusOptions)),
        (AccessOptions.Section, typeof(AccessOptions)),
        (OpenIdOptions.Section, typeof(OpenIdOptions)),
        (BundleOptions.Section, typeof(BundleOptions)),
        (TwilioOptions.Section, typeof(TwilioOptions)),
        (VoiceOptions.Section, typeof(VoiceOptions)),
        (TwilioBackupOptions.Section, typeof(TwilioBackupOptions)),
        (SmsGatewayOptions.Section, typeof(SmsGatewayOptions)),
        (VendorOptions.Section, typeof(VendorOptions)),
        (UsageOptions.Section, typeof(UsageOptions)),
        (EmailOptions.Section, typeof(EmailOptions)),
        (WebhookOptions.Section, typeof(WebhookOptions)),
        (SlackOptions.Section, typeof(SlackOptions)),
        (HandoffOptions.Section, typeof(HandoffOptions)),
        (IngestOptions.Section, typeof(IngestOptions)),
        (MessagesOptions.Section, typeof(MessagesOptions)),
    ];

    public static (ServerOptions? Options, IReadOnlyList<string> Faults) Read(IConfiguration configuration)
    {
        var (options, found) = ServerOptions.Read(configuration);
        var faults = found.ToList();
        foreach (var (section, type) in Sections)
            Values(configuration, section, type, faults);

        var services = new ServiceCollection();
        services.AddPaging(configuration, consumes: false);
        services.AddAccess(configuration.GetSection(AccessOptions.Section), new AccessSurroundings(""));
        using var provider = services.BuildServiceProvider();
        Validated<BundleOptions>(provider, faults);
        Validated<TwilioOptions>(provider, faults);
        Validated<VoiceOptions>(provider, faults);
        Validated<TwilioBackupOptions>(provider, faults);
        Validated<SmsGatewayOptions>(provider, faults);
        Validated<VendorOptions>(provider, faults);
        Validated<UsageOptions>(provider, faults);
        Validated<EmailOptions>(provider, faults);
        Validated<WebhookOptions>(provider, faults);
        Validated<SlackOptions>(provider, faults);
        Validated<PagingAddresses>(provider, faults);
        Validated<AccessOptions>(provider, faults);
        Validated<OpenIdOptions>(provider, faults);
        // Where it follows from Urls, the fault is told of Urls.
        if (string.IsNullOrEmpty(configuration["PublicUrl"]))
            faults.RemoveAll(f => f.StartsWith("PublicUrl is '", StringComparison.Ordinal));
        return faults.Count > 0 ? (null, faults) : (options, []);
    }

    /// <summary>Given settings that nothing reads: a typing mistake is not to be silent.</summary>
    public static IReadOnlyList<string> Unknown(IConfiguration given)
    {
        var known = Sections.SelectMany(s => Properties(s.Options).Select(p => $"{s.Section}:{p.Name}"))
            .Concat(ProcessSetting.All.Select(s => s.Key)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. given.AsEnumerable().Where(s => s.Value is not null && !known.Contains(s.Key) && !s.Key.StartsWith("Logging:", StringComparison.OrdinalIgnoreCase)).Select(s => s.Key).Order(StringComparer.Ordinal)];
    }

    public static IEnumerable<PropertyInfo> Properties(Type options) => options.GetProperties().Where(p => p.CanWrite);

    private static void Values(IConfiguration configuration, string section, Type type, List<string> faults)
    {
        foreach (var property in Properties(type))
        {
            var key = $"{section}:{property.Name}";
            if (configuration[key] is not { Length: > 0 } text || Told(faults, key))
                continue;
            var converter = TypeDescriptor.GetConverter(property.PropertyType);
            if (!converter.IsValid(text))
                faults.Add($"{key} is '{text}': use {Form(property.PropertyType)}.");
            else if (property.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(converter.ConvertFromInvariantString(text)))
                faults.Add($"{key} is {text}: use {Limit(range.Minimum)} to {Limit(range.Maximum)}.");
        }
    }

    private static void Validated<T>(IServiceProvider services, List<string> faults) where T : class
    {
        try
        {
            _ = services.GetRequiredService<IOptions<T>>().Value;
        }
        catch (OptionsValidationException e)
        {
            faults.AddRange(e.Failures.Where(f => !Told(faults, f.Split(' ')[0])).ToList());
        }
        catch (InvalidOperationException) when (faults.Count > 0)
        {
            // A value that cannot be read, which is in the list already.
        }
    }

    private static bool Told(List<string> faults, string key) => faults.Exists(f => f.StartsWith(key + " ", StringComparison.Ordinal));

    private static string Limit(object value)
        => value is TimeSpan t && t.Ticks % TimeSpan.TicksPerSecond != 0 ? t.ToString("c").TrimEnd('0') : $"{value}";

    private static string Form(Type type)
        => type.IsEnum ? string.Join(" or ", Enum.GetNames(type))
        : type == typeof(bool) ? "true or false"
        : type == typeof(TimeSpan) ? "a duration such as 00:00:05"
        : "a whole number";
}
