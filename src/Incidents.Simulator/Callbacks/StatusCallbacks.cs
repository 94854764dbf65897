using Incidents.Simulator.Faults;
using Microsoft.Extensions.Hosting;

namespace Incidents.Simulator.Callbacks;

/// <summary>Status callbacks with their faults: lost, late, doubled. Never throws.</summary>
internal sealed class StatusCallbacks(CallbackClient client, FaultInjector faults, Counters counters, TimeProvider time, IHostApplicationLifetime lifetime)
{
    public async Task SendAsync(Uri url, HttpMethod method, IReadOnlyDictionary<string, string> form)
    {
        var fault = faults.Current;
        if (fault.CallbackLost)
        {
            counters.CallbackLost();
            return;
        }
        try
        {
            if (fault.CallbackDelay is { } delay) await Task.Delay(delay, time, lifetime.ApplicationStopping);
            await client.SendAsync(url, method, form, lifetime.ApplicationStopping);
            if (fault.CallbackTwice) await client.SendAsync(url, method, form, lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            counters.CallbackLost();
        }
    }
}
