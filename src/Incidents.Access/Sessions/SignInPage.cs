using System.Text;
using Incidents.Contracts.Organisation;

namespace Incidents.Access.Sessions;

/// <summary>What the sign-in page offers. <paramref name="Provider"/>: name of the identity provider, null: none. <paramref name="ByKey"/>: the key form is open.</summary>
internal sealed record Offers(IReadOnlyList<Person> Demo, bool Passwords, string? Provider, bool ByKey);

/// <summary>The sign-in page: demo people, account, identity provider, key.</summary>
internal static class SignInPage
{
    public static string Render(string target, string? error, string? said, Offers offers, string typed = "")
    {
        var page = new StringBuilder(4096);
        if (offers.Demo.Count > 0)
            Demo(page, target, offers.Demo);
        Account(page, target, error is not null && !offers.ByKey, offers, typed);
        Key(page, target, wrong: error is not null && offers.ByKey, open: offers.ByKey || !(offers.Passwords || offers.Provider is not null));
        return Pages.Frame("Sign in", error, said, page.ToString(), script: true);
    }

    private static void Account(StringBuilder page, string target, bool wrong, Offers offers, string typed)
    {
        var first = offers.Demo.Count == 0;
        page.Append($"""
            <section class="card" aria-labelledby="title">
            <h2 id="title">{(first ? "Sign in" : "Or with your account")}</h2>

            """);
        if (offers.Provider is { } provider)
            page.Append($"""<a class="other" href="/signin/oidc?return={Uri.EscapeDataString(target)}">Continue with {Pages.Encode(provider)}</a>""" + "\n");
        // Shown by the script where the browser has passkeys.
        page.Append($"""<button type="button" class="other" id="passkey" data-return="{Pages.Encode(target)}" hidden>Sign in with a passkey</button>""" + "\n");
        page.Append("""<p class="error" id="passkey-error" role="alert" hidden></p>""" + "\n");
        if (offers.Passwords)
        {
            page.Append($"""
                <form method="post" action="/signin">
                <input type="hidden" name="return" value="{Pages.Encode(target)}">
                <label for="login">Login or e-mail</label>
                <input id="login" name="login" type="text" required{(first && !wrong ? " autofocus" : "")} value="{Pages.Encode(typed)}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="200">
                <label for="password">Password</label>
                <input id="password" name="password" type="password" required{(wrong ? """ autofocus aria-invalid="true" aria-describedby="error" """ : "")} autocomplete="current-password" maxlength="200">
                <button type="submit" class="primary">Sign in</button>
                </form>
                <p class="hint"><a href="/signin/forgot">Forgot your password?</a></p>

                """);
        }
        page.Append("</section>\n");
    }

    private static void Key(StringBuilder page, string target, bool wrong, bool open) => page.Append($"""
            <details class="card"{(open ? " open" : "")}>
            <summary>Sign in with an API key</summary>
            <p class="lead">Paste your API key. This browser keeps a session, not the key.</p>
            <form method="post" action="/signin">
            <input type="hidden" name="return" value="{Pages.Encode(target)}">
            <label for="key">API key</label>
            <input id="key" name="key" type="password" required autocomplete="off" autocapitalize="none" spellcheck="false" placeholder="inc_…" maxlength="200"{(wrong ? """ aria-invalid="true" aria-describedby="error" """ : "")}>
            <button type="submit" class="primary">Sign in with the key</button>
            </form>
            <p class="hint">The first key is printed where the server was started. Without one in the settings it is also kept in the file <code>token</code> of the data directory.</p>
            </details>

            """);

    private static void Demo(StringBuilder page, string target, IReadOnlyList<Person> people)
    {
        page.Append($"""
            <section class="card demo" aria-labelledby="demo">
            <h2 id="demo">Sign in as</h2>
            <p class="lead">Demo data is loaded: on this machine no password is needed.</p>
            <form method="post" action="/signin">
            <input type="hidden" name="return" value="{Pages.Encode(target)}">
            <ul>

            """);
        foreach (var person in people)
        {
            page.Append($"""
                <li><button type="submit" name="as" value="{Pages.Encode(person.Login)}"><span class="mark" aria-hidden="true">{Pages.Encode(Initials(person.Name))}</span><span class="who"><span class="visually-hidden">Sign in as </span><strong>{Pages.Encode(person.Name)}</strong><span class="role">{Pages.Encode(person.Login)} · {person.Role.ToString().ToLowerInvariant()}</span></span></button></li>

                """);
        }

        page.Append("</ul>\n</form>\n</section>\n");
    }

    private static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? "?" : words.Length == 1 ? words[0][..1] : words[0][..1] + words[^1][..1];
    }
}
