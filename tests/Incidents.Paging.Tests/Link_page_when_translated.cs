using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Incidents.Paging.Links;
using Incidents.TestKit;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace Incidents.Paging.Tests;

public sealed partial class Link_page_when_translated
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ana", "en", "Who has it", "Nobody has it yet", "Acknowledge", "You have it", "hours from its page")]
    [InlineData("joao", "pt", "Com quem está", "Ninguém o assumiu ainda", "Assumir", "Está com você", "horas a partir do chamado")]
    [InlineData("olja", "ru", "У кого", "Никто", "Принять", "Он у вас", "после вызова")]
    [InlineData("kadri", "et", "Kelle käes", "Keegi", "Võta vastu", "See on sinu käes", "alates kutsest")]
    public async Task speaks_as_its_person_does_whatever_the_browser_wants(string person, string language, string who, string nobody, string button, string theirs, string hold)
    {
        await using var app = await PagingApp.Start(Database.Sqlite);
        var incident = await app.Open();
        var path = "/a/" + Tokens(app).Issue(incident.Number, person, incident.OpenedAt);

        var page = await Read(await Ask(app, HttpMethod.Get, path, null, "fr, pt;q=0.5"));
        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        foreach (var words in new[] { who, nobody, hold })
            Assert.Contains(words, page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(button, Button().Match(page).Groups["label"].Value);

        using var unpressed = await Ask(app, HttpMethod.Post, path, "", null);
        Assert.Equal(HttpStatusCode.Forbidden, unpressed.StatusCode);
        Assert.Contains(LinkTexts.Of(language).PressButton, await Read(unpressed), StringComparison.Ordinal);
        using var acted = await Ask(app, HttpMethod.Post, path, Field().Match(page).Groups["value"].Value, null);
        Assert.Equal(HttpStatusCode.OK, acted.StatusCode);
        var after = await Read(acted);
        Assert.Contains(theirs, after, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(LinkTexts.Of(language).StateAcknowledged, after, StringComparison.Ordinal);

        app.Time.Advance(TimeSpan.FromHours(25));
        using var late = await Ask(app, HttpMethod.Get, path, null, null);
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        Assert.Contains(LinkTexts.Of(language).Expired, await Read(late), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "en")]
    [InlineData("pt-BR,en;q=0.5", "pt")]
    [InlineData("de, et;q=0.3, en;q=0.1", "et")]
    [InlineData("ru;q=0", "en")]
    [InlineData("*", "en")]
    public async Task speaks_as_the_browser_wants_where_nobody_is_known(string? accepted, string language)
    {
        await using var app = await PagingApp.Start(Database.Sqlite);

        using var answer = await Ask(app, HttpMethod.Get, "/a/forged", null, accepted);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = await Read(answer);
        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.Contains(LinkTexts.Of(language).NotValidText, page, StringComparison.Ordinal);
    }

    [Fact]
    public void has_every_key_in_every_language_with_the_placeholders_of_its_member()
    {
        const BindingFlags own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var sentences = typeof(LinkTexts).GetProperties(own).Where(p => p.PropertyType == typeof(string) && p.Name != nameof(LinkTexts.Language)).Select(p => p.Name).ToList();
        var forms = typeof(LinkTexts).GetMethods(own).Where(m => m.ReturnType == typeof(string) && !m.IsSpecialName && m.Name is not (nameof(LinkTexts.Of) or nameof(LinkTexts.Hold))).Select(m => m.Name).ToList();

        foreach (var texts in LinkTexts.All)
        {
            Assert.Equal(sentences.Concat(forms).Order(StringComparer.Ordinal), texts.Raw.Keys.Order(StringComparer.Ordinal));
            Assert.All(sentences, key => Assert.DoesNotContain('{', texts.Raw[key]));
            Assert.All(forms, key => Assert.Equal(["{0}"], Placeholder().Matches(texts.Raw[key]).Select(m => m.Value).Distinct()));
            if (texts != LinkTexts.English)
                Assert.DoesNotContain(LinkTexts.English.Raw, t => texts.Raw[t.Key] == t.Value);
        }
    }

    [Theory]
    [InlineData(60, "1 hour")]
    [InlineData(1440, "24 hours")]
    [InlineData(30, "30 minutes")]
    [InlineData(90, "90 minutes")]
    public void says_how_long_links_hold(int minutes, string words) => Assert.Equal(words, LinkTexts.English.Hold(Duration.FromMinutes(minutes)));

    private static LinkTokens Tokens(PagingApp app) => app.Services.GetRequiredService<LinkTokens>();

    private static async Task<HttpResponseMessage> Ask(PagingApp app, HttpMethod method, string path, string? field, string? accepted)
    {
        using var request = new HttpRequestMessage(method, path);
        if (field is not null)
            request.Content = new FormUrlEncodedContent([new("do", "acknowledge"), new("form", field)]);
        if (accepted is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        return await app.Http.SendAsync(request, Cancel);
    }

    private static async Task<string> Read(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));

    [GeneratedRegex("<button[^>]*>(?<label>[^<]*)</button>", RegexOptions.None, 1000)]
    private static partial Regex Button();

    [GeneratedRegex("name=\"form\" value=\"(?<value>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Field();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();
}
