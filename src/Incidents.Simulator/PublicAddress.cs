using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator;

/// <summary>The application's address as the vendor sees it.</summary>
internal sealed class PublicAddress(IOptions<SimulatorOptions> options, IServiceProvider services)
{
    /// <summary>An absolute address for an absolute address or a path.</summary>
    public Uri Resolve(string urlOrPath)
    {
        if (WebAddress.TryParse(urlOrPath, out var absolute)) return absolute;
        var root = options.Value.PublicUrl ?? Listening();
        return new Uri($"{root.TrimEnd('/')}/{urlOrPath.TrimStart('/')}");
    }

    private string Listening()
    {
        var addresses = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses;
        var first = addresses?.FirstOrDefault() ?? throw new InvalidOperationException("The simulator needs SimulatorOptions.PublicUrl: the server's own address is not known.");
        var binding = BindingAddress.Parse(first);
        var anyHost = binding.Host is "*" or "+" or "0.0.0.0" or "[::]";
        return $"{binding.Scheme}://{(anyHost ? IPAddress.Loopback.ToString() : binding.Host)}:{binding.Port}";
    }
}

internal static class WebAddress
{
    /// <summary>True for an absolute http or https address. (A bare path parses as a file address on Unix, hence the check.)</summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is "http" or "https";
}
