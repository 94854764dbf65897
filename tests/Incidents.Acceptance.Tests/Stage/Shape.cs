using System.Reflection;
using Incidents.TestKit;
using Xunit.Sdk;
using Xunit.v3;

namespace Incidents.Acceptance.Tests.Stage;

/// <summary>The two shapes in which the product is used.</summary>
public enum Shape
{
    /// <summary>One process, SQLite, in-memory transport.</summary>
    TryIt,

    /// <summary>PostgreSQL and RabbitMQ.</summary>
    RelyOnIt,
}

/// <summary>Runs a theory <c>(Shape)</c> in both shapes.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothShapesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([.. Enum.GetValues<Shape>().Select(shape => new TheoryDataRow(shape))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

public static class ShapeStorage
{
    public static Task<TestShape> StorageAsync(this Shape shape) =>
        shape == Shape.TryIt ? TestShape.CreateAsync(Database.Sqlite, Transport.InMemory) : TestShape.CreateAsync(Database.Postgres, Transport.RabbitMq);
}
