using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Incidents.Access.Texts;
using Incidents.TestKit;

namespace Incidents.Access.Tests;

public class Pages_before_sign_in_when_read
{
    [Theory]
    [InlineData(null, "en", "Sign in with an API key")]
    [InlineData("pt-BR,pt;q=0.9,en;q=0.8", "pt", "Entrar com uma chave da API")]
    [InlineData("de, PT-pt;q=0.5, en;q=0.2", "pt", "Entrar com uma chave da API")]
    [InlineData("en-GB,pt;q=0.9", "en", "Sign in with an API key")]
    [InlineData("pt;q=0, en", "en", "Sign in with an API key")]
    [InlineData("et,fi", "en", "Sign in with an API key")]
    [InlineData("ptx", "en", "Sign in with an API key")]
    [InlineData(";;q=,%%%", "en", "Sign in with an API key")]
    public async Task are_in_the_browsers_language(string? accepted, string language, string words)
    {
        await using var host = await AccessHost.Start();

        var page = await Get(host, "/signin", accepted);

        Assert.Contains($"<html lang=\"{language}\">", page.Body, StringComparison.Ordinal);
        Assert.Contains(words, page.Body, StringComparison.Ordinal);
        Assert.Equal("Accept-Language", page.Headers["Vary"]);
    }

    [Fact]
    public async Task are_all_in_it_with_what_went_wrong()
    {
        await using var host = await AccessHost.Start(demo: true);
        (string, string)[] portuguese = [("Accept-Language", "pt-BR")];
        var invited = await host.Post("/api/v1/people/ana/invitation", key: AccessHost.Token);
        var link = new Uri(invited.Json.GetProperty("link").GetString()!).AbsolutePath;

        async Task<Answer> Send(string path, params (string Name, string Value)[] fields)
            => await host.Send(HttpMethod.Post, path, body: new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))), headers: portuguese);

        Holds(await Get(host, "/signin", "pt"), "Entrar como", "Ou com a sua conta", "Login ou e-mail", "Senha", "gestor", "Esqueceu a senha?", "no arquivo <code>token</code> do diretório");
        Holds(await Send("/signin", ("login", "ana"), ("password", "wrong")), "Você não entrou", "Login e senha não conferem");
        Holds(await Send("/signin", ("key", "nothing")), "Esta chave da API não é válida");
        Holds(await Get(host, "/signin/forgot", "pt"), "Esqueceu a senha?", "Enviar o link", "Voltar para a entrada");
        Holds(await Send("/signin/forgot", ("login", "ana")), "Veja o seu e-mail", "por 60 minutos");
        Holds(await Get(host, link, "pt"), "Olá, Ana Souza", "Pelo menos 12 caracteres", "Você entra como <strong>ana</strong>.");
        Holds(await Send(link, ("password", "a"), ("again", "b")), "As duas senhas são diferentes.");
        Holds(await Send(link, ("password", "ana"), ("again", "ana")), "A senha precisa de pelo menos 12 caracteres.", "A senha não pode conter o login.");
        Holds(await Get(host, "/signin/password/nosuch", "pt"), "Este link não vale mais", "Peça outro link");
        Holds(await Get(host, "/signin/oidc", "pt"), "Nenhum provedor de identidade está configurado aqui.");
    }

    [Fact]
    public void have_every_key_in_every_language_with_the_placeholders_of_its_member()
    {
        var sentences = typeof(SignInTexts).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(p => p.PropertyType == typeof(string) && p.Name != nameof(SignInTexts.Language)).Select(p => p.Name).ToList();
        var forms = typeof(SignInTexts).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => m.ReturnType == typeof(string) && !m.IsSpecialName && m.Name != nameof(SignInTexts.Of)).Select(m => m.Name).ToList();

        foreach (var texts in SignInTexts.All)
        {
            Assert.Equal(sentences.Concat(forms).Order(StringComparer.Ordinal), texts.Raw.Keys.Order(StringComparer.Ordinal));
            Assert.All(sentences, key => Assert.DoesNotContain('{', texts.Raw[key]));
            Assert.All(forms, key => Assert.Equal(["{0}"], Regex.Matches(texts.Raw[key], @"\{[^}]*\}").Select(m => m.Value).Distinct()));
        }
        Assert.DoesNotContain(SignInTexts.English.Raw, t => SignInTexts.All[1].Raw[t.Key] == t.Value);
    }

    private static Task<Answer> Get(AccessHost host, string path, string? accepted)
        => host.Send(HttpMethod.Get, path, headers: accepted is null ? [] : [("Accept-Language", accepted)]);

    private static void Holds(Answer page, params string[] words)
    {
        Assert.Contains("<html lang=\"pt\">", page.Body, StringComparison.Ordinal);
        foreach (var word in words)
            Assert.Contains(word, page.Body, StringComparison.Ordinal);
        foreach (var sentence in SignInTexts.English.Raw.Values.Where(v => v.Length > 24 && !v.Contains('{')))
            Assert.DoesNotContain(sentence, page.Body, StringComparison.Ordinal);
    }
}
