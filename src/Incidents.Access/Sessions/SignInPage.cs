using System.Text;
using Incidents.Access.Texts;
using Incidents.Contracts.Organisation;

namespace Incidents.Access.Sessions;

/// <summary>What the sign-in page offers. <paramref name="Provider"/>: name of the identity provider, null: none. <paramref name="ByKey"/>: the key form is open.</summary>
internal sealed record Offers(IReadOnlyList<Person> Demo, bool Passwords, string? Provider, bool ByKey);

/// <summary>The sign-in page: demo people, account, identity provider, key.</summary>
internal static class SignInPage
{
    public static string Render(SignInTexts texts, string target, string? error, string? said, Offers offers, string typed = "")
    {
        var page = new StringBuilder(4096);
        if (offers.Demo.Count > 0)
            Demo(texts, page, target, offers.Demo);
        Account(texts, page, target, error is not null && !offers.ByKey, offers, typed);
        Key(texts, page, target, wrong: error is not null && offers.ByKey, open: offers.ByKey || !(offers.Passwords || offers.Provider is not null));
        return Pages.Frame(texts, texts.SignIn, error, said, page.ToString(), script: true);
    }

    private static void Account(SignInTexts texts, StringBuilder page, string target, bool wrong, Offers offers, string typed)
    {
        var first = offers.Demo.Count == 0;
        page.Append($"""
            <section class="card" aria-labelledby="title">
            <h2 id="title">{Pages.Encode(first ? texts.SignIn : texts.OrWithAccount)}</h2>

            """);
        if (offers.Provider is { } provider)
            page.Append($"""<a class="other" href="/signin/oidc?return={Uri.EscapeDataString(target)}">{Pages.Encode(texts.ContinueWith(provider))}</a>""" + "\n");
        // Shown by the script where the browser has passkeys.
        page.Append($"""<button type="button" class="other" id="passkey" data-return="{Pages.Encode(target)}" data-none="{Pages.Encode(texts.PasskeyNone)}" data-name="{Pages.Encode(texts.PasskeyNeedsName)}" data-failed="{Pages.Encode(texts.PasskeyFailed)}" hidden>{Pages.Encode(texts.WithPasskey)}</button>""" + "\n");
        page.Append("""<p class="error" id="passkey-error" role="alert" hidden></p>""" + "\n");
        if (offers.Passwords)
        {
            page.Append($"""
                <form method="post" action="/signin">
                <input type="hidden" name="return" value="{Pages.Encode(target)}">
                <label for="login">{Pages.Encode(texts.LoginOrEmail)}</label>
                <input id="login" name="login" type="text" required{(first && !wrong ? " autofocus" : "")} value="{Pages.Encode(typed)}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="200">
                <label for="password">{Pages.Encode(texts.Password)}</label>
                <input id="password" name="password" type="password" required{(wrong ? """ autofocus aria-invalid="true" aria-describedby="error" """ : "")} autocomplete="current-password" maxlength="200">
                <button type="submit" class="primary">{Pages.Encode(texts.SignIn)}</button>
                </form>
                <p class="hint"><a href="/signin/forgot">{Pages.Encode(texts.ForgotPassword)}</a></p>

                """);
        }
        page.Append("</section>\n");
    }

    private static void Key(SignInTexts texts, StringBuilder page, string target, bool wrong, bool open) => page.Append($"""
            <details class="card"{(open ? " open" : "")}>
            <summary>{Pages.Encode(texts.WithKeyTitle)}</summary>
            <p class="lead">{Pages.Encode(texts.KeyLead)}</p>
            <form method="post" action="/signin">
            <input type="hidden" name="return" value="{Pages.Encode(target)}">
            <label for="key">{Pages.Encode(texts.ApiKey)}</label>
            <input id="key" name="key" type="password" required autocomplete="off" autocapitalize="none" spellcheck="false" placeholder="inc_…" maxlength="200"{(wrong ? """ aria-invalid="true" aria-describedby="error" """ : "")}>
            <button type="submit" class="primary">{Pages.Encode(texts.WithKey)}</button>
            </form>
            <p class="hint">{Pages.Encode(texts.KeyHint("[file]")).Replace("[file]", "<code>token</code>", StringComparison.Ordinal)}</p>
            </details>

            """);

    private static void Demo(SignInTexts texts, StringBuilder page, string target, IReadOnlyList<Person> people)
    {
        page.Append($"""
            <section class="card demo" aria-labelledby="demo">
            <h2 id="demo">{Pages.Encode(texts.SignInAs)}</h2>
            <p class="lead">{Pages.Encode(texts.DemoLead)}</p>
            <form method="post" action="/signin">
            <input type="hidden" name="return" value="{Pages.Encode(target)}">
            <ul>

            """);
        foreach (var person in people)
        {
            page.Append($"""
                <li><button type="submit" name="as" value="{Pages.Encode(person.Login)}"><span class="mark" aria-hidden="true">{Pages.Encode(Initials(person.Name))}</span><span class="who"><span class="visually-hidden">{Pages.Encode(texts.SignInAs)} </span><strong>{Pages.Encode(person.Name)}</strong><span class="role">{Pages.Encode(person.Login)} · {Pages.Encode(texts.Of(person.Role))}</span></span></button></li>

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
