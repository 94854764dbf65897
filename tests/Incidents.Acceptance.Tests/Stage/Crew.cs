using System.Globalization;

namespace Incidents.Acceptance.Tests.Stage;

/// <summary>Somebody with a phone that takes calls and texts.</summary>
public sealed record Member(string Login, string Number);

/// <summary>
/// The people and services that one story has to itself, so that stories run beside each other on one server.
/// <see cref="Canary"/> moves on every 2 s; <see cref="Calm"/> waits an hour at each level; <see cref="Office"/> is paged in business hours only.
/// </summary>
public sealed class Crew
{
    private readonly string tag;

    /// <param name="index">1 to 999.</param>
    public Crew(int index)
    {
        tag = index.ToString("000", CultureInfo.InvariantCulture);
        Order = [Ana, Bruno];
    }

    public Member Ana => Of("ana", 1);

    public Member Bruno => Of("bruno", 2);

    public Member Carla => Of("carla", 3);

    /// <summary>Has no phone: reached by mail alone, when <see cref="Post"/> breaks.</summary>
    public string Mai => "mai" + tag;

    public string MaisAddress => Mai + "@example.com";

    public string Post => "post" + tag;

    public IReadOnlyList<Member> Everybody => [Ana, Bruno, Carla];

    public string Canary => "canary" + tag;

    public string Calm => "calm" + tag;

    public string Office => "office" + tag;

    public string Team => "team" + tag;

    public string Line => "line" + tag;

    /// <summary>Levels of <see cref="Canary"/> and <see cref="Calm"/> in order; a story that changes the configuration turns them round.</summary>
    public IReadOnlyList<Member> Order { get; set; }

    private Member Of(string name, int last) => new(name + tag, "+1555" + tag + "000" + last.ToString(CultureInfo.InvariantCulture));
}
