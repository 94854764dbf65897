namespace Incidents.Kernel;

/// <summary>A module's meters. The server makes all of them before it listens, so that series that start at zero are in the first scrape.</summary>
public interface IMeters;
