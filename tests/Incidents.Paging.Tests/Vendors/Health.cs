using Incidents.Contracts.Seams;
using Microsoft.Extensions.DependencyInjection;

namespace Incidents.Paging.Tests.Vendors;

internal static class Health
{
    public static IVendorHealth GetHealth(this IServiceProvider services) => services.GetRequiredService<IVendorHealth>();
}
