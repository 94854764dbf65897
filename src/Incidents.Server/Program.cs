using Incidents.Server;
using Incidents.Server.Composition;

// Settings: appsettings.json, then INCIDENTS__… of the environment, then --Key=value; --empty starts without demo data.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory });
var given = new ConfigurationBuilder().AddEnvironmentVariables("INCIDENTS__").AddCommandLine([.. args.Select(a => a == "--empty" ? "--Demo:Enabled=false" : a)]).Build();
builder.Configuration.AddConfiguration(given);

var (options, faults) = SettingsCheck.Read(builder.Configuration);
if (options is null)
    return Startup.Refuse(faults);

DataFolder folder;
try
{
    folder = DataFolder.Open(options.DataDirectory, exclusive: options.Provider == Incidents.Persistence.Storage.StorageProvider.Sqlite);
}
catch (IOException e)
{
    return Startup.Refuse([e.Message]);
}

using (folder)
{
    builder.AddIncidents(options);
    var app = builder.Build();
    foreach (var key in SettingsCheck.Unknown(given))
        Log.UnknownSetting(app.Logger, key);
    app.UseIncidents(options);
    return await Startup.Run(app, options);
}

/// <summary>Named for tests that host the server in their own process.</summary>
public partial class Program;
