using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;
using Incidents.Contracts.Organisation;
using Microsoft.AspNetCore.Http;

namespace Incidents.Access.Texts;

/// <summary>
/// Everything that the pages before sign-in say, in one language: <c>SignIn_{language}.resx</c>, a key for each member of this class. Plain text, to be
/// encoded where it goes into a page.
/// </summary>
internal sealed class SignInTexts
{
    private readonly FrozenDictionary<string, string> texts;

    private SignInTexts(string language)
    {
        Language = language;
        // One file a language in this assembly: satellite assemblies would need cultures, and this product runs without any.
        var resources = new ResourceManager($"Incidents.Access.Texts.SignIn_{language}", typeof(SignInTexts).Assembly);
        using var set = resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!;
        texts = set.Cast<System.Collections.DictionaryEntry>().ToFrozenDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);
    }

    public static IReadOnlyList<SignInTexts> All { get; } = [new("en"), new("pt")];

    public static SignInTexts English => All[0];

    /// <summary>ISO 639-1, as the page's <c>lang</c>.</summary>
    public string Language { get; }

    internal IReadOnlyDictionary<string, string> Raw => texts;

    /// <summary>The first of the browser's languages that there is, in the order of its <c>Accept-Language</c>; English if there is none.</summary>
    public static SignInTexts Of(HttpContext context)
    {
        var wanted = context.Request.GetTypedHeaders().AcceptLanguage;
        return wanted.Where(l => l.Quality is not 0).OrderByDescending(l => l.Quality ?? 1).Select(l => Known(l.Value.ToString())).FirstOrDefault(t => t is not null) ?? English;
    }

    private static SignInTexts? Known(string tag)
        => All.FirstOrDefault(t => tag.Equals(t.Language, StringComparison.OrdinalIgnoreCase) || tag.StartsWith(t.Language + "-", StringComparison.OrdinalIgnoreCase));

    public string Of(Role role) => role switch { Role.Observer => RoleObserver, Role.Responder => RoleResponder, Role.Manager => RoleManager, _ => RoleAdmin };

    public string SignIn => Say();
    public string NotSignedIn => Say();
    public string OrWithAccount => Say();
    public string ContinueWith(object value) => Say(value);
    public string WithPasskey => Say();
    public string LoginOrEmail => Say();
    public string Password => Say();
    public string ForgotPassword => Say();
    public string WithKeyTitle => Say();
    public string KeyLead => Say();
    public string ApiKey => Say();
    public string WithKey => Say();
    public string KeyHint(object value) => Say(value);
    public string SignInAs => Say();
    public string DemoLead => Say();
    public string RoleObserver => Say();
    public string RoleResponder => Say();
    public string RoleManager => Say();
    public string RoleAdmin => Say();
    public string Refused => Say();
    public string PasswordsOff => Say();
    public string PasteKey => Say();
    public string KeyNotValid => Say();
    public string NoDemo => Say();
    public string PasswordSet => Say();
    public string SendTheForm => Say();
    public string OtherSite => Say();
    public string TooMany(object value) => Say(value);
    public string DatabaseAway => Say();
    public string SecondStep => Say();
    public string SecondStepLead => Say();
    public string Code => Say();
    public string CodeWrong => Say();
    public string CodeHint => Say();
    public string AsSomebodyElse => Say();
    public string ForgotLead => Say();
    public string SendLink => Say();
    public string BackToSignIn => Say();
    public string LookIntoMail => Say();
    public string LookIntoMailLead(object value) => Say(value);
    public string NothingComes => Say();
    public string ChooseYours => Say();
    public string Welcome(object value) => Say(value);
    public string ChooseNew => Say();
    public string ChooseLead(object value) => Say(value);
    public string NewPassword => Say();
    public string OnceMore => Say();
    public string SetPassword => Say();
    public string YouSignInAs(object value) => Say(value);
    public string PasswordsDiffer => Say();
    public string LinkGone => Say();
    public string NoNewPassword => Say();
    public string AskAnotherLink => Say();
    public string OrInvitation => Say();
    public string PasswordTooLong(object value) => Say(value);
    public string PasswordTooShort(object value) => Say(value);
    public string PasswordRequiresUniqueChars(object value) => Say(value);
    public string PasswordHoldsLogin => Say();
    public string ProviderFailed(object value) => Say(value);
    public string ProviderOff => Say();
    public string ProviderNotBegun => Say();
    public string ProviderDenied => Say();
    public string ProviderRefused => Say();
    public string ProviderNobody(object value) => Say(value);
    public string PasskeyElsewhere => Say();
    public string PasskeyUnknown => Say();
    public string PasskeyNone => Say();
    public string PasskeyNeedsName => Say();
    public string PasskeyFailed => Say();

    private string Say([CallerMemberName] string key = "") => texts[key];

    private string Say(object value, [CallerMemberName] string key = "") => string.Format(CultureInfo.InvariantCulture, texts[key], value);
}
