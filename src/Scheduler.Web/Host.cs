using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.App;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.Web.Access;
using Scheduler.Web.Answers;
using Scheduler.Web.Looks;

namespace Scheduler.Web;

/// <summary>The one place where the pages, what guards them and what runs beside them are put together. It reads no file of settings and no environment: what it is, is handed in.</summary>
public static class Host
{
    /// <summary>The most bytes that a request may bring.</summary>
    public const long MostBytes = 1024 * 1024;

    /// <summary>The check that a host is ready: its book can be read.</summary>
    private const string Ready = "ready";

    private const int MostConnections = 1000;

    /// <summary>Puts a host together, which then is to be started.</summary>
    /// <param name="store">The book, its tables made. It stays open when the host ends.</param>
    /// <param name="clock">The time.</param>
    /// <param name="secrets">Where keys come from that nobody may guess.</param>
    /// <param name="settings">Where it is reached.</param>
    /// <param name="parts">What runs beside the pages.</param>
    public static WebApplication Build(Store store, IClock clock, ISecrets secrets, WebSettings settings, HostParts parts)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = typeof(Host).Assembly.GetName().Name, EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().UseUrls(WebSettings.Origin(settings.Listen)).ConfigureKestrel(Bound);
        Log(builder.Logging, parts.Log);
        foreach (var routine in parts.Routines)
        {
            builder.Services.AddSingleton(routine);
        }

        var checks = builder.Services.AddSingleton<StoreCheck>().AddHealthChecks().AddCheck<StoreCheck>(Ready);
        foreach (var (name, check) in parts.Checks)
        {
            checks.AddCheck(name, check);
        }

        builder.Services
            .AddSingleton(store).AddSingleton(clock).AddSingleton(settings)
            .AddSingleton<TimeProvider>(new ClockTime(clock))
            .AddSingleton(new Application(store, clock, secrets, DateTimeZoneProviders.Tzdb))
            .AddSingleton(new SignInLinks(store, clock, secrets))
            .AddSingleton(parts.Answering ?? new NothingAsked())
            .AddSingleton<Limits>();
        SignedInOnly(builder.Services, settings);
        builder.Services.AddRouting().AddRazorPages(o => o.Conventions.AddPageRoute("/Day", "")).AddMvcOptions(o => o.Filters.Add<OnlyHandled>());

        var web = builder.Build();
        Pipeline(web, settings);
        Endpoints(web, parts);
        return web;
    }

    /// <summary>Where a host that has started is reached: the base address, with the port that was found where none was named.</summary>
    public static Uri AddressOf(WebApplication started)
    {
        var named = started.Services.GetRequiredService<WebSettings>().BaseAddress;
        return named.Port == 0 ? new UriBuilder(named) { Port = new Uri(started.Urls.First()).Port }.Uri : named;
    }

    private static void Bound(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MostBytes;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestLineSize = 4 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = MostConnections;
    }

    /// <summary>What the framework says of each request holds its path, and so the tokens of links: of the framework only warnings are kept, and of what is known to name requests or what failed in them nothing.</summary>
    private static void Log(ILoggingBuilder logging, ILoggerProvider? log)
    {
        logging.SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        if (log is not null)
        {
            logging.AddProvider(log);
        }
    }

    private static void SignedInOnly(IServiceCollection services, WebSettings settings)
    {
        Keys.Keep(services, settings.KeysFolder);
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(Session.Configure);
        services.AddAuthorization(Policies.Configure);
        services.AddAntiforgery(o =>
        {
            // Secure by the policy for all cookies: asked of antiforgery itself, it would refuse http://localhost.
            o.Cookie.Name = "__Host-scheduler-form";
            o.Cookie.Path = "/";
            o.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<FormOptions>(o =>
        {
            o.ValueCountLimit = 64;
            o.BufferBodyLengthLimit = MostBytes;
            o.MultipartBodyLengthLimit = MostBytes;
        });
        services.Configure<HostFilteringOptions>(o =>
        {
            o.AllowedHosts = [settings.BaseAddress.Host];
            o.AllowEmptyHosts = false;
            o.IncludeFailureMessage = false;
        });
        services.Configure<ForwardedHeadersOptions>(o =>
        {
            // The host is never taken from a header.
            o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            o.ForwardLimit = 1;
            o.KnownIPNetworks.Clear();
            o.KnownProxies.Clear();
            foreach (var proxy in settings.Proxies)
            {
                o.KnownProxies.Add(proxy);
            }
        });
    }

    private static void Pipeline(WebApplication web, WebSettings settings)
    {
        web.UseMiddleware<SafeHeaders>().UseMiddleware<Defects>();
        web.UseStatusCodePages(context => ErrorPage.Write(context.HttpContext));
        web.UseMiddleware<MostBytesOnly>();
        if (!settings.Proxies.IsEmpty)
        {
            web.UseForwardedHeaders();
        }

        web.UseHostFiltering();
        web.UseCookiePolicy(new()
        {
            Secure = CookieSecurePolicy.Always,
            HttpOnly = Microsoft.AspNetCore.CookiePolicy.HttpOnlyPolicy.Always,
            MinimumSameSitePolicy = SameSiteMode.Lax,
        });
        web.UseRouting();
        web.UseAuthentication();
        web.UseAuthorization();
    }

    private static void Endpoints(WebApplication web, HostParts parts)
    {
        string[] looking = [HttpMethods.Get, HttpMethods.Head];
        web.MapHealthChecks("/health", new() { Predicate = _ => false }).AllowAnonymous().WithMetadata(new HttpMethodMetadata(looking));
        foreach (var check in parts.Checks.Keys.Append(Ready))
        {
            web.MapHealthChecks($"/health/{check}", new() { Predicate = c => c.Name == check }).AllowAnonymous().WithMetadata(new HttpMethodMetadata(looking));
        }

        web.MapMethods(Style.Path, looking, Style.Write).AllowAnonymous();
        web.MapRazorPages();
        foreach (var pages in parts.ForeignPages)
        {
            web.MapMethods($"{pages.Path}/{{**rest}}", [.. looking, HttpMethods.Post], pages.Show).RequireAuthorization(Policies.Administrators);
        }
    }
}
