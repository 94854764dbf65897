using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Incidents.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ConfigurationAudit : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "config_changes",
                columns: table => new
                {
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    via = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    action = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    item = table.Column<Guid>(type: "TEXT", nullable: false),
                    before = table.Column<Guid>(type: "TEXT", nullable: true),
                    after = table.Column<Guid>(type: "TEXT", nullable: true),
                    waiver = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    waived = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_config_changes", x => new { x.version, x.place });
                });

            migrationBuilder.CreateIndex(
                name: "IX_config_changes_actor",
                table: "config_changes",
                column: "actor");

            migrationBuilder.CreateIndex(
                name: "IX_config_changes_at",
                table: "config_changes",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_config_changes_kind_name",
                table: "config_changes",
                columns: new[] { "kind", "name" });

            // What earlier releases kept: every version of every item, but not through what it came, nor who deleted.
            migrationBuilder.Sql("""
                insert into config_changes (version, place, at, actor, via, kind, name, action, item, before, after)
                select version, row_number() over (partition by version order by kind, name) - 1, at, actor, 'unknown', kind, name, action, item, before, after
                from (
                    select r.revision as version, r.written_at as at, r.written_by as actor, r.kind as kind, r.name as name,
                           case when p.id is null then 'create' else 'update' end as action, r.item as item, p.id as before, r.id as after
                    from config_items r left join config_items p on p.item = r.item and p.replaced = r.revision
                    union all
                    select d.replaced, d.effective_to, coalesce((select min(w.written_by) from config_items w where w.revision = d.replaced), 'unknown'), d.kind, d.name,
                           'delete', d.item, d.id, null
                    from config_items d
                    where d.replaced is not null and not exists (select 1 from config_items s where s.item = d.item and s.revision = d.replaced)
                ) as known;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "config_changes");
        }
    }
}
