from django.db import migrations, models

from maillage.operations.indexes import AddIndexLater


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("main_courante", "0007_note_comptee")]

    operations = [
        AddIndexLater(
            model_name="note",
            index=models.Index(
                fields=["corrige"], condition=models.Q(("corrige__isnull", False)), name="note_correction"
            ),
        ),
    ]
