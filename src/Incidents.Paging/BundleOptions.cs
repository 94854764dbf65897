using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Incidents.Paging;

/// <summary>What holds for pages whatever their vendor. Section <c>Paging</c>.</summary>
public sealed class BundleOptions
{
    public const string Section = "Paging";

    /// <summary>
    /// For how long after a text, mail or direct message of low urgency further ones to the same contact wait, to leave together as one message. Pages of high urgency and calls never wait.
    /// Default 30; 0 to 600 seconds, 0: each leaves at once.
    /// </summary>
    [Range(0, 600)]
    public int BundleSeconds { get; set; } = 30;
}

internal sealed class BundleOptionsValidator : IValidateOptions<BundleOptions>
{
    public ValidateOptionsResult Validate(string? name, BundleOptions options)
        => options.BundleSeconds is < 0 or > 600 ? ValidateOptionsResult.Fail($"{BundleOptions.Section}:BundleSeconds is {options.BundleSeconds}: use 0 to 600 seconds.") : ValidateOptionsResult.Success;
}
