from django.db import migrations

from frmr_portal.base.audit import guards


def install(_apps, schema_editor):
    guards.install(schema_editor.connection)


def remove(_apps, schema_editor):
    guards.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("base_audit", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(install, remove),
    ]
