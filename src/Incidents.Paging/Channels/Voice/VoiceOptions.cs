using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Incidents.Paging;

/// <summary>How calls are made and what follows when nobody takes one. Section <c>Paging:Voice</c>.</summary>
public sealed class VoiceOptions
{
    public const string Section = "Paging:Voice";

    /// <summary>The vendor tells people from machines: a machine is no answer, and the person's next rule follows at once. Costs a little per call and a moment of silence when a person answers. Default true.</summary>
    public bool MachineDetection { get; set; } = true;

    /// <summary>How long the vendor may listen before it takes the answer for a person's; whole seconds. Default 5 s; 3 to 59 s.</summary>
    public TimeSpan MachineDetectionTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a call that was busy or not answered is repeated. Default 1.</summary>
    [Range(0, 10)]
    public int BusyRetries { get; set; } = 1;

    /// <summary>From the end of such a call to its repetition; the person's next rule does not wait for it. Default 60 s; 5 s to 1 h.</summary>
    public TimeSpan BusyRetryDelay { get; set; } = TimeSpan.FromSeconds(60);
}

internal sealed class VoiceOptionsValidator : IValidateOptions<VoiceOptions>
{
    public ValidateOptionsResult Validate(string? name, VoiceOptions options)
    {
        var faults = new List<string>();
        if (options.MachineDetectionTimeout < TimeSpan.FromSeconds(3) || options.MachineDetectionTimeout > TimeSpan.FromSeconds(59))
            faults.Add($"{VoiceOptions.Section}:MachineDetectionTimeout is {options.MachineDetectionTimeout}: use 3 to 59 s.");
        if (options.BusyRetries is < 0 or > 10)
            faults.Add($"{VoiceOptions.Section}:BusyRetries is {options.BusyRetries}: use 0 to 10.");
        if (options.BusyRetryDelay < TimeSpan.FromSeconds(5) || options.BusyRetryDelay > TimeSpan.FromHours(1))
            faults.Add($"{VoiceOptions.Section}:BusyRetryDelay is {options.BusyRetryDelay}: use 5 s to 1 h.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
