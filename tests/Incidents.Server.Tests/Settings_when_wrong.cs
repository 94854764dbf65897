using System.Diagnostics;
using Incidents.Server.Composition;

namespace Incidents.Server.Tests;

public sealed class Settings_when_wrong
{
    private const string Postgres = "Storage:Provider=Postgres;Storage:ConnectionString=Host=db";

    public static TheoryData<string, string> Faults => new()
    {
        { "Urls=localhost:8080", "Urls holds 'localhost:8080': use http://host:port, several separated by semicolons." },
        { "PublicUrl=ftp://x", "PublicUrl is 'ftp://x': use an absolute http or https address." },
        { "Urls=http://0.0.0.0:80", "PublicUrl is missing: Urls listens on every address, and vendors and links in messages need the one that they can reach." },
        { "Roles=ingest,pager", "Roles holds 'pager': use all, or some of ingest, triage, escalation, paging, scheduling, web." },
        { "Roles=ingest", "Roles is 'ingest': split roles need Storage:Provider=Postgres and Bus:Transport=RabbitMq, because Sqlite and InMemory stay in one process." },
        { "Roles=ingest;" + Postgres, "Roles is 'ingest': split roles need Storage:Provider=Postgres and Bus:Transport=RabbitMq, because Sqlite and InMemory stay in one process." },
        { "Storage:Provider=MySql", "Storage:Provider is 'MySql': use Sqlite or Postgres." },
        { "Storage:Provider=Postgres", "Storage:ConnectionString is missing: PostgreSQL needs one, Host=…;Database=…;Username=…;Password=…." },
        { "Storage:RetentionDays=-1", "Storage:RetentionDays is -1: use 0 to 36500." },
        { "Storage:RetentionDays=ever", "Storage:RetentionDays is 'ever': use a whole number." },
        { "Storage:CorrectClock=perhaps", "Storage:CorrectClock is 'perhaps': use true or false." },
        { "Bus:Transport=Kafka", "Bus:Transport is 'Kafka': use InMemory or RabbitMq." },
        { "Bus:Transport=RabbitMq", "Bus:Uri is missing or no address: RabbitMQ needs one, amqp://user:password@host:5672/." },
        { "Bus:Prefetch=0", "Bus:Prefetch is 0: use 1 to 65535." },
        { "Messages:SweepInterval=10", "Messages:SweepInterval is 10: use 00:00:00.01 to 00:00:10." },
        { "Messages:ParkedRetry=soon", "Messages:ParkedRetry is 'soon': use a duration such as 00:00:05." },
        { "Ingest:MaxBatch=0", "Ingest:MaxBatch is 0: use 1 to 10000." },
        { "Ingest:CommitTimeout=10", "Ingest:CommitTimeout is 10: use 00:00:00.1 to 00:01:00." },
        { "Access:BootstrapToken=short", "Access:BootstrapToken has 5 characters; choose 8 to 200, best 32 random ones." },
        { "Access:SessionDays=0", "Access:SessionDays is 0: use 1 to 365." },
        { "Links:SigningKey=short", "Links:SigningKey is shorter than 16 characters." },
        { "Demo:Enabled=yes", "Demo:Enabled is 'yes': use true or false." },
        { "Demo:Enabled=true;Urls=http://10.0.0.1:80", "Demo:Enabled is true while Urls is not loopback: demo keys and sign-ins are known to everybody." },
        { "Access:BootstrapToken=demo-token;Urls=http://10.0.0.1:80", "Access:BootstrapToken is a demo token while Urls is not loopback: choose a secret one." },
        { "Simulator:Enabled=true;Paging:Twilio:AccountSid=AC1;Paging:Twilio:AuthToken=x;Paging:Twilio:From=+15005550006", "Simulator:Enabled is true though Paging:Twilio is configured: choose one." },
        { "Paging:Twilio:AccountSid=AC1;Paging:Twilio:From=+15005550006", "Paging:Twilio:AuthToken is missing." },
        { "Paging:Twilio:AccountSid=AC1;Paging:Twilio:AuthToken=x;Paging:Twilio:From=5005550006", "Paging:Twilio:From is '5005550006': use an E.164 number, +15005550006." },
        { "Paging:Twilio:Timeout=01:00:00", "Paging:Twilio:Timeout is 01:00:00: use 100 ms to 60 s." },
        { "Paging:Twilio:RatePerSecond=0", "Paging:Twilio:RatePerSecond is 0: use 1 to 100000." },
        { "Watch:HeartbeatUrl=nowhere", "Watch:HeartbeatUrl is 'nowhere': use an absolute address." },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Say_what_is_wrong_and_what_would_be_right(string settings, string fault)
    {
        var (options, faults) = SettingsCheck.Read(Configured.By(Split(settings)));

        Assert.Null(options);
        Assert.Equal([fault], faults);
    }

    [Fact]
    public void Are_fine_when_there_are_none()
    {
        var (options, faults) = SettingsCheck.Read(Configured.By());

        Assert.Empty(faults);
        Assert.Equal(Roles.All, options!.Roles);
        Assert.True(options is { Demo: true, Simulator: true, IsLoopback: true });
    }

    [Fact]
    public void Are_named_when_nothing_reads_them()
    {
        var unknown = SettingsCheck.Unknown(Configured.By("Storge:Provider=Postgres", "urls=http://127.0.0.1:1", "Logging:LogLevel:Default=Debug"));

        Assert.Equal(["Storge:Provider"], unknown);
    }

    [Fact]
    public async Task Stop_the_start_with_every_fault_listed()
    {
        var (code, output) = await Start("--Urls=nowhere", "--Roles=none", "--Bus:Prefetch=many", "--Access:BootstrapToken=x", "--Links:SigningKey=x");

        Assert.Equal(2, code);
        Assert.Contains("Incidents does not start, 5 settings are wrong:", output, StringComparison.Ordinal);
        foreach (var key in new[] { "Urls holds 'nowhere'", "Roles holds 'none'", "Bus:Prefetch is 'many'", "Access:BootstrapToken has 1 characters", "Links:SigningKey is shorter" })
            Assert.Contains("  - " + key, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_a_second_process_on_the_same_data_directory()
    {
        await using var first = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal), "--empty");
        var folder = first.DataDirectory;

        var (code, output) = await Start("--Urls=http://127.0.0.1:" + FreePort.Take(), "--DataDirectory=" + folder);

        Assert.Equal(2, code);
        Assert.Contains($"DataDirectory '{folder}' is in use by another process", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_the_start_when_the_address_is_taken()
    {
        await using var first = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal), "--empty");
        using var folder = new TemporaryFolder();

        var (code, output) = await Start("--Urls=" + first.Url, "--DataDirectory=" + folder.Path);

        Assert.Equal(2, code);
        Assert.Contains("is in use by another program", output, StringComparison.Ordinal);
    }

    // The connection string holds a '=' but no ';' here.
    private static string[] Split(string settings) => settings.Split(';');

    private static async Task<(int Code, string Output)> Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", RepositoryFolder.ServerAssembly(), .. arguments]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("INCIDENTS__", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await errors);
    }
}
