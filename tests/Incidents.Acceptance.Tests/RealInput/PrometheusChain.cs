using System.Globalization;
using System.Net;
using Incidents.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Incidents.Acceptance.Tests.RealInput;

/// <summary>
/// The chain that most installations have: a service that exposes a metric, a Prometheus that scrapes it and evaluates
/// a rule, an Alertmanager that posts to a webhook. Both are the distribution's programs; all intervals are 1 s.
/// </summary>
internal sealed class PrometheusChain : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<IAsyncDisposable> parts = [];

    private PrometheusChain()
    {
    }

    /// <summary>What the service exposes as <c>checkout_error_ratio</c>; the rule fires above 0.05.</summary>
    public double ErrorRatio { get; set; }

    public static async Task<PrometheusChain> StartAsync(Uri webhook)
    {
        var chain = new PrometheusChain();
        try
        {
            var service = await chain.StartServiceAsync();
            var alertmanager = await chain.StartAlertmanagerAsync(webhook);
            await chain.StartPrometheusAsync(service, alertmanager);
            return chain;
        }
        catch
        {
            await chain.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        parts.Reverse();
        foreach (var part in parts) await part.DisposeAsync();
        folder.Dispose();
    }

    private async Task<int> StartServiceAsync()
    {
        var port = FreePort.Take();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var service = builder.Build();
        service.Run(context => context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"# TYPE checkout_error_ratio gauge\ncheckout_error_ratio {ErrorRatio}\n")));
        await service.StartAsync();
        parts.Add(service);
        return port;
    }

    private async Task<int> StartAlertmanagerAsync(Uri webhook)
    {
        var port = FreePort.Take();
        var configuration = folder.PathTo("alertmanager.yml");
        await File.WriteAllTextAsync(configuration, $"""
            route:
              receiver: incidents
              group_by: [alertname, service]
              group_wait: 0s
              group_interval: 1s
              repeat_interval: 1h
            receivers:
              - name: incidents
                webhook_configs:
                  - url: {webhook}
            """);
        parts.Add(await Daemon.StartAsync("prometheus-alertmanager",
            ["--config.file", configuration, "--storage.path", folder.PathTo("alertmanager"), "--web.listen-address", $"127.0.0.1:{port}", "--cluster.listen-address=", "--log.level=warn"],
            new Uri($"http://127.0.0.1:{port}/-/ready")));
        return port;
    }

    private async Task StartPrometheusAsync(int service, int alertmanager)
    {
        var port = FreePort.Take();
        var configuration = folder.PathTo("prometheus.yml");
        await File.WriteAllTextAsync(folder.PathTo("rules.yml"), """
            groups:
              - name: checkout
                rules:
                  - alert: CheckoutErrors
                    expr: checkout_error_ratio > 0.05
                    labels: { severity: critical, service: checkout }
                    annotations:
                      summary: 'Checkout fails {{ $value | humanizePercentage }} of its requests'
            """);
        await File.WriteAllTextAsync(configuration, $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [{{folder.PathTo("rules.yml")}}]
            alerting: { alertmanagers: [{ static_configs: [{ targets: ['127.0.0.1:{{alertmanager}}'] }] }] }
            scrape_configs: [{ job_name: checkout, static_configs: [{ targets: ['127.0.0.1:{{service}}'] }] }]
            """);
        parts.Add(await Daemon.StartAsync("prometheus",
            ["--config.file", configuration, "--storage.tsdb.path", folder.PathTo("prometheus"), "--web.listen-address", $"127.0.0.1:{port}", "--rules.alert.resend-delay=1s", "--log.level=warn"],
            new Uri($"http://127.0.0.1:{port}/-/ready")));
    }
}
