using System.Net.Http.Json;
using System.Text.Json;

namespace Incidents.Browser.Tests;

/// <summary>From an invitation to signing in with a passkey, with Chromium's own virtual authenticator; the site has to have a name for that.</summary>
public class Account_when_secured(Salon salon)
{
    private const string Password = "four clouds over Lisbon";

    [Fact]
    public async Task opens_by_password_and_by_passkey()
    {
        var site = new UriBuilder(salon.Server.Url) { Host = "localhost" }.Uri.GetLeftPart(UriPartial.Authority);
        using var invited = await salon.Api.PostAsJsonAsync(new Uri("/api/v1/people/lena/invitation", UriKind.Relative), new { });
        invited.EnsureSuccessStatusCode();
        using var invitation = JsonDocument.Parse(await invited.Content.ReadAsStringAsync());
        var link = new Uri(invitation.RootElement.GetProperty("link").GetString()!).AbsolutePath;
        await using var lena = await salon.VisitAsync(Screen.Phone, login: null);
        var page = await lena.OpenAsync(site + link);
        Assert.Empty(await Accessibility.FaultsAsync(page));

        await page.GetByLabel("New password").FillAsync(Password);
        await page.GetByLabel("Once more").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your password is set.");
        Assert.Empty(await Accessibility.FaultsAsync(page));
        await page.GetByLabel("Login or e-mail").FillAsync("lena");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(site + "/");

        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
        await page.GotoAsync(site + "/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey…" }).ClickAsync();
        await page.GetByLabel("Where is it kept?").FillAsync("This phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue on the device" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The passkey was added")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "New key…" }).ClickAsync();
        await page.GetByLabel("Only", new() { Exact = true }).CheckAsync();
        Assert.Empty(await Accessibility.FaultsAsync(page));
        await page.Keyboard.PressAsync("Escape");

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(site + "/signin?return=/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.WaitForURLAsync(site + "/account");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Sessions" })).ToContainTextAsync("with a passkey");
        Assert.Empty(await Accessibility.FaultsAsync(page));
        Assert.Empty(lena.Errors);
    }
}
