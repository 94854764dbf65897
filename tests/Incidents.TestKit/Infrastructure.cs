using System.Diagnostics;

namespace Incidents.TestKit;

/// <summary>
/// The PostgreSQL and RabbitMQ that tests run against: those of ./test (<c>INCIDENTS_TEST_POSTGRES</c>,
/// <c>INCIDENTS_TEST_RABBITMQ</c> with <c>INCIDENTS_TEST_RABBITMQ_DIR</c>), or, for a project run on its own, private
/// ones started on first use. Those stop by themselves when this process is gone, however it ends.
/// </summary>
public static class Infrastructure
{
    private static readonly Lazy<Task<string>> OwnPostgres = new(() => StartAsync("postgres.sh", "INCIDENTS_TEST_POSTGRES", ports: 1));
    private static readonly Lazy<Task<string>> OwnRabbit = new(() => StartAsync("rabbitmq.sh", "INCIDENTS_TEST_RABBITMQ", ports: 3));
    private static string? rabbitFolder = Environment.GetEnvironmentVariable("INCIDENTS_TEST_RABBITMQ_DIR");

    /// <summary>Connection string of a role that may create databases.</summary>
    public static Task<string> PostgresAsync() => OwnPostgres.Value;

    /// <summary>amqp:// address of the default virtual host.</summary>
    public static Task<string> RabbitAsync() => OwnRabbit.Value;

    /// <summary>Runs rabbitmqctl on the broker of <see cref="RabbitAsync"/>.</summary>
    public static async Task<string> RabbitControlAsync(params string[] arguments)
    {
        await RabbitAsync();
        return await RunAsync("rabbitmq.sh", ["ctl", rabbitFolder ?? throw new InvalidOperationException("INCIDENTS_TEST_RABBITMQ_DIR is not set."), .. arguments]);
    }

    private static async Task<string> StartAsync(string script, string variable, int ports)
    {
        var given = Environment.GetEnvironmentVariable(variable);
        if (!string.IsNullOrEmpty(given)) return given;

        // Removed by the script once this process is gone.
        var folder = new TemporaryFolder("incidents-tests-").Path;
        if (ports > 1) rabbitFolder = folder;
        var output = await RunAsync(script, ["start", folder, FreePort.Take(ports).ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        return output.Trim();
    }

    private static async Task<string> RunAsync(string script, string[] arguments)
    {
        var start = new ProcessStartInfo(RepositoryFolder.PathTo("tests", "infra", script), arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OWNER_PID"] = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var process = Process.Start(start) ?? throw new InvalidOperationException(script + " did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{script} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}{await output}");
        return await output;
    }
}
