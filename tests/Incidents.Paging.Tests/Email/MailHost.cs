using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Paging.Tests.Email;

/// <summary>A real mail server (npm's smtp-server) with a certificate of its own, and what it took, read by npm's mailparser.</summary>
internal sealed class MailHost : IAsyncDisposable
{
    public const string User = "incidents-mailer";
    public const string Password = "pass phrase é ✓ 7791";
    private static readonly SemaphoreSlim Installing = new(1);

    private readonly Process process;
    private readonly TemporaryFolder folder;
    private readonly List<JsonElement> said = [];
    private readonly Task reading;

    private MailHost(Process process, TemporaryFolder folder)
    {
        (this.process, this.folder) = (process, folder);
        reading = Read();
    }

    public int Port { get; private set; }

    /// <summary>Messages in the order in which they came.</summary>
    public IReadOnlyList<JsonElement> Mails => Said("mail");

    public IReadOnlyList<string> Recipients => [.. Said("recipient").Select(r => r.GetString()!)];

    public IReadOnlyList<JsonElement> Said(string what)
    {
        lock (said)
            return [.. said.Where(s => s.TryGetProperty(what, out _)).Select(s => s.GetProperty(what))];
    }

    /// <summary>The settings that lead here.</summary>
    public Dictionary<string, string?> Settings(EmailSecurity security = EmailSecurity.StartTls, string? user = User) => new(StringComparer.Ordinal)
    {
        ["Paging:Email:Host"] = "127.0.0.1",
        ["Paging:Email:Port"] = Port.ToString(CultureInfo.InvariantCulture),
        ["Paging:Email:Security"] = security.ToString(),
        ["Paging:Email:User"] = user ?? "",
        ["Paging:Email:Password"] = user is null ? "" : Password,
        ["Paging:Email:From"] = "Дежурный Ops <incidents@ops.example>",
        ["Paging:Email:AllowInvalidCertificate"] = "true",
    };

    public static async Task<MailHost> Start(bool secure = false, bool hideStartTls = false, bool signIn = true, params string[] methods)
    {
        var checker = RepositoryFolder.PathTo("tests", "Incidents.Paging.Tests", "Email", "checker");
        await Install(checker);
        var files = new TemporaryFolder();
        WriteCertificate(files);
        var options = JsonSerializer.Serialize(new
        {
            key = files.PathTo("key.pem"), cert = files.PathTo("cert.pem"), secure, hideStartTls, user = signIn ? User : "", password = Password, methods = methods.Length > 0 ? methods : null,
        }, new JsonSerializerOptions { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull });
        var start = new ProcessStartInfo("node", ["server.mjs", options]) { WorkingDirectory = checker, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        var host = new MailHost(Process.Start(start)!, files);
        await Eventually.True(() => host.Said("port").Count > 0, "the mail server listens", cancel: TestContext.Current.CancellationToken);
        host.Port = host.Said("port")[0].GetInt32();
        return host;
    }

    /// <summary>Fetches the checker's packages once.</summary>
    public static async Task Install(string checker)
    {
        await Installing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (Directory.Exists(Path.Combine(checker, "node_modules", "mailparser")))
                return;
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = checker, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, errors) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
            await npm.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(npm.ExitCode == 0, $"npm: {await errors}{await output}");
        }
        finally
        {
            Installing.Release();
        }
    }

    private static void WriteCertificate(TemporaryFolder files)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        File.WriteAllText(files.PathTo("cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(files.PathTo("key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private async Task Read()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (said)
                said.Add(JsonDocument.Parse(line).RootElement);
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(CancellationToken.None);
        await reading;
        process.Dispose();
        folder.Dispose();
    }
}
