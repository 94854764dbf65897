using Incidents.Configuration;
using Incidents.Configuration.Tests;
using Incidents.Contracts.Organisation;
using Incidents.TestKit;

namespace Incidents.Cli.Tests;

public sealed class Configuration_commands_when_run
{
    private static async Task<(Installation Installation, Dictionary<string, string> Environment)> Server(Role? role = Role.Manager)
    {
        var installation = await Installation.Create();
        using var client = await installation.Client(role);
        return (installation, new Dictionary<string, string>(StringComparer.Ordinal) { ["INCIDENTS_URL"] = client.BaseAddress!.ToString(), ["INCIDENTS_TOKEN"] = "any" });
    }

    [Fact]
    public async Task apply_diff_and_export_a_document()
    {
        var (installation, environment) = await Server();
        await using var _ = installation;
        using var folder = new TemporaryFolder();
        var file = folder.PathTo("org.yaml");
        await File.WriteAllTextAsync(file, DemoOrganisation.Yaml, TestContext.Current.CancellationToken);

        var diff = await Ran.Command(["diff", file], environment: environment);
        Assert.Equal((1, ""), (diff.ExitCode, diff.Error));
        Assert.Contains("+ person ana", diff.Out, StringComparison.Ordinal);
        Assert.EndsWith("36 changes planned." + Environment.NewLine, diff.Out, StringComparison.Ordinal);

        Assert.Contains("36 changes planned.", (await Ran.Command(["apply", file, "--dry-run"], environment: environment)).Out, StringComparison.Ordinal);
        Assert.Contains("36 changes applied.", (await Ran.Command(["apply", file], environment: environment)).Out, StringComparison.Ordinal);
        Assert.Equal(new Ran(0, "Nothing to do." + Environment.NewLine, ""), await Ran.Command(["diff", file], environment: environment));

        var export = await Ran.Command(["export"], environment: environment);
        Assert.Equal(0, export.ExitCode);
        var changed = await Ran.Command(["apply", "-"], export.Out.Replace("mtta: 5m", "mtta: 4m", StringComparison.Ordinal), environment);
        Assert.Equal(new Ran(0, $"~ pool A: mtta{Environment.NewLine}1 change applied.{Environment.NewLine}", ""), changed);
    }

    [Fact]
    public async Task show_a_generated_key()
    {
        var (installation, environment) = await Server();
        await using var _ = installation;

        var ran = await Ran.Command(["apply", "-"], DemoOrganisation.Yaml.Replace("kind: generic, key: demo-generic-key", "kind: generic", StringComparison.Ordinal), environment);

        Assert.Matches("! key of scripts, shown only now: https://incidents.example.com/integrations/[A-Za-z0-9_-]{32}/generic", ran.Out);
    }

    [Fact]
    public async Task print_every_fault_and_exit_with_3()
    {
        var (installation, environment) = await Server();
        await using var _ = installation;

        var ran = await Ran.Command(["apply", "-"], "version: 1\nteams: [{ name: t, lead: nobody }, { nam: x }]\n", environment);

        Assert.Equal((3, ""), (ran.ExitCode, ran.Out));
        Assert.Contains("  teams[t].lead: there is no person 'nobody'.", ran.Error, StringComparison.Ordinal);
        Assert.Contains("  teams[1].nam: is not known here. Did you mean 'name'?", ran.Error, StringComparison.Ordinal);
        Assert.Contains("Not YAML: line 2", (await Ran.Command(["diff", "-"], "a: [\n", environment)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task load_the_demo_organisation_and_remove_it_again()
    {
        var (installation, environment) = await Server(Role.Admin);
        await using var _ = installation;

        var planned = await Ran.Command(["demo", "load", "--dry-run"], environment: environment);
        var loaded = await Ran.Command(["demo", "load"], environment: environment);
        var again = await Ran.Command(["demo", "load"], environment: environment);
        var removed = await Ran.Command(["demo", "remove"], environment: environment);

        Assert.Equal((0, ""), (planned.ExitCode, planned.Error));
        Assert.EndsWith("changes planned." + Environment.NewLine, planned.Out, StringComparison.Ordinal);
        Assert.Contains("+ person ana", loaded.Out, StringComparison.Ordinal);
        Assert.EndsWith("changes applied." + Environment.NewLine, loaded.Out, StringComparison.Ordinal);
        Assert.Contains("= person ana stays: there is one of this name already", again.Out, StringComparison.Ordinal);
        Assert.EndsWith("Nothing to do." + Environment.NewLine, again.Out, StringComparison.Ordinal);
        Assert.Contains("- person ana", removed.Out, StringComparison.Ordinal);
        Assert.EndsWith("changes applied." + Environment.NewLine, removed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task leave_the_demo_organisation_to_admins()
    {
        var (installation, environment) = await Server();
        await using var _ = installation;

        var ran = await Ran.Command(["demo", "load"], environment: environment);

        Assert.Equal((3, ""), (ran.ExitCode, ran.Out));
        Assert.Contains("This needs the role admin", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "The server does not know this token")]
    [InlineData(Role.Observer, "This needs the role manager")]
    public async Task say_what_right_is_missing(Role? role, string message)
    {
        var (installation, environment) = await Server(role);
        await using var _ = installation;

        var ran = await Ran.Command(["apply", "-"], "version: 1", environment);

        Assert.Equal(3, ran.ExitCode);
        Assert.Contains(message, ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "Required argument 'FILE' missing", "apply")]
    [InlineData(2, "Try incidentctl --help", "aply", "x")]
    [InlineData(2, "Required command", new string[0])]
    [InlineData(2, "/nowhere/org.yaml", "apply", "/nowhere/org.yaml")]
    [InlineData(2, "no address of a server", "export", "--url", "localhost")]
    [InlineData(2, "no instant", "apply", "-", "--effective", "tomorrow")]
    [InlineData(4, "cannot be reached", "export", "--url", "http://127.0.0.1:9")]
    public async Task fail_with_a_sentence(int exitCode, string message, params string[] args)
    {
        var ran = await Ran.Command(args);

        Assert.Equal(exitCode, ran.ExitCode);
        Assert.Contains(message, ran.Error, StringComparison.Ordinal);
    }
}
