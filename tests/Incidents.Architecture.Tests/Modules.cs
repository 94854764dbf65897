using System.Reflection;
using System.Xml.Linq;
using Incidents.Contracts.Messages;
using Incidents.Escalation;
using Incidents.Paging;
using Incidents.Persistence.Messages;
using Incidents.Scheduling;
using Incidents.TestKit;
using Incidents.Triage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Incidents.Architecture.Tests;

public sealed class Modules
{
    private static readonly string[] Common = ["Contracts", "Kernel", "Persistence"];

    /// <summary>Module, what it may see, what of it others may see besides its *Module class and options.</summary>
    public static TheoryData<string, string[], string[]> Matrix { get; } = new()
    {
        { "Access", Common, ["AccessSurroundings", "BootstrapToken"] },
        { "Configuration", Common, ["DemoOrganisation"] },
        { "Escalation", Common, [] },
        { "Ingest", Common, [] },
        { "Paging", Common, ["PagingServices", "PagingAddresses", "EmailSecurity"] },
        { "Scheduling", Common, [] },
        { "Triage", Common, [] },
        { "Simulator", [], ["SimulatorEndpoints", "IPhoneBook", "SimulatedPhone", "MailListener", "ISimulatedMembers", "SimulatedMember"] },
    };

    [Theory, MemberData(nameof(Matrix))]
    public void see_only_what_they_may(string module, string[] may, string[] shows)
    {
        _ = shows;
        var project = RepositoryFolder.PathTo("src", "Incidents." + module, $"Incidents.{module}.csproj");
        var references = XDocument.Load(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/'))["Incidents.".Length..]);
        Assert.Empty(references.Except(may));

        var used = Assembly.Load("Incidents." + module).GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Incidents.", StringComparison.Ordinal)).Select(n => n["Incidents.".Length..]);
        Assert.Empty(used.Except(may));
    }

    [Theory, MemberData(nameof(Matrix))]
    public void show_only_how_they_are_put_together(string module, string[] may, string[] shows)
    {
        _ = may;
        var visible = Assembly.Load("Incidents." + module).GetExportedTypes()
            .Where(t => t.Namespace?.StartsWith("Incidents.", StringComparison.Ordinal) == true)
            .Select(t => t.Name)
            .Where(n => n != module + "Module" && !n.EndsWith("Options", StringComparison.Ordinal));

        Assert.Empty(visible.Except(shows));
    }

    [Fact]
    public void stand_all_in_the_matrix()
    {
        string[] others = ["Cli", "Client", "Contracts", "Kernel", "Migrations.Postgres", "Migrations.Sqlite", "Persistence", "Server", "Web"];
        var projects = Directory.EnumerateFiles(RepositoryFolder.PathTo("src"), "*.csproj", SearchOption.AllDirectories).Select(p => Path.GetFileNameWithoutExtension(p)["Incidents.".Length..]);

        Assert.Empty(projects.Except(others).Except(Matrix.Select(r => r.Data.Item1)));
    }

    [Fact]
    public void depend_on_foundations_that_know_none_of_them()
    {
        foreach (var (name, may) in new (string, string[])[] { ("Kernel", []), ("Contracts", ["Kernel"]), ("Persistence", ["Kernel", "Contracts"]) })
        {
            var used = Assembly.Load("Incidents." + name).GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Incidents.", StringComparison.Ordinal));
            Assert.Empty(used.Select(n => n["Incidents.".Length..]).Except(may));
        }
    }

    [Fact]
    public void consume_exactly_the_endpoints_of_the_catalogue()
    {
        var services = new ServiceCollection();
        services.AddTriage(consumes: true);
        services.AddEscalation(consumes: true);
        services.AddPaging(new ConfigurationBuilder().Build(), consumes: true);
        services.AddScheduling(consumes: true);

        var consumed = services.Where(d => d.ServiceType == typeof(EndpointRegistration)).Select(d => ((EndpointRegistration)d.ImplementationInstance!).Name);

        Assert.Equal(EndpointCatalogue.Endpoints.Order(StringComparer.Ordinal), consumed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void consume_nothing_unless_their_role_says_so()
    {
        var services = new ServiceCollection();
        services.AddTriage(consumes: false);
        services.AddEscalation(consumes: false);
        services.AddPaging(new ConfigurationBuilder().Build(), consumes: false);
        services.AddScheduling(consumes: false);

        Assert.DoesNotContain(services, d => d.ServiceType == typeof(EndpointRegistration));
    }
}

public sealed class Sources
{
    private static readonly string[] Generated = ["bin", "obj", "Migrations", ".artifacts", "node_modules"];

    [Fact]
    public void are_short_enough_to_be_read_in_one_sitting()
    {
        var long_ = Files("*.cs").Select(f => (File: Path.GetRelativePath(RepositoryFolder.Root, f), Lines: File.ReadLines(f).Count())).Where(f => f.Lines > 400);

        Assert.Empty(long_);
    }

    [Fact]
    public void leave_nothing_for_later()
    {
        // Written apart, so that this file does not find itself.
        string[] words = ["TO" + "DO", "FIX" + "ME", "HA" + "CK:", "NotImplemented" + "Exception"];
        var found = Files("*.cs").SelectMany(f => File.ReadLines(f).Where(l => words.Any(w => l.Contains(w, StringComparison.Ordinal))).Select(l => $"{Path.GetFileName(f)}: {l.Trim()}"));

        Assert.Empty(found);
    }

    [Fact]
    public void are_kept_from_the_system_clock_by_the_build()
    {
        var banned = File.ReadAllText(RepositoryFolder.PathTo("src", "BannedSymbols.txt"));
        var props = File.ReadAllText(RepositoryFolder.PathTo("Directory.Build.props"));

        foreach (var symbol in new[] { "System.DateTime.UtcNow", "System.DateTime.Now", "System.DateTimeOffset.UtcNow", "System.DateTimeOffset.Now", "NodaTime.SystemClock.Instance", "System.Threading.Thread.Sleep", "System.Threading.Tasks.Task.Delay" })
            Assert.Contains(symbol, banned, StringComparison.Ordinal);
        Assert.Contains("BannedSymbols.txt", props, StringComparison.Ordinal);
        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", props, StringComparison.Ordinal);
        Assert.Contains("<TreatWarningsAsErrors>true", props, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Access")]
    [InlineData("Configuration")]
    [InlineData("Escalation")]
    [InlineData("Ingest")]
    [InlineData("Paging")]
    [InlineData("Persistence")]
    [InlineData("Scheduling")]
    [InlineData("Simulator")]
    [InlineData("Triage")]
    public void come_with_a_readme_in_every_module(string module) => Assert.True(File.Exists(RepositoryFolder.PathTo("src", "Incidents." + module, "README.md")), module);

    private static IEnumerable<string> Files(string pattern) => new[] { "src", "tests" }
        .SelectMany(folder => Directory.EnumerateFiles(RepositoryFolder.PathTo(folder), pattern, SearchOption.AllDirectories))
        .Where(f => !Path.GetRelativePath(RepositoryFolder.Root, f).Split(Path.DirectorySeparatorChar).Any(Generated.Contains));
}
